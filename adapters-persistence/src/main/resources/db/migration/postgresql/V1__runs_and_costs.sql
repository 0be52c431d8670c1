-- Tables are private and singular; what people and tools may read are the plural views of V2.
-- Amounts are pairs of integers on both databases (ADR 5),
-- value = hi * 10^9 + lo with 0 <= lo < 10^9, in units of 10^-10 cents (quantities: 10^-6).

create table organization (
  id uuid not null,
  external_id text collate "C" not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint organization_pk primary key (id),
  constraint organization_external_id unique (external_id)
);

create table organization_user (
  id uuid not null,
  organization_id uuid not null,
  external_id text collate "C" not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint organization_user_pk primary key (id),
  constraint organization_user_external_id unique (organization_id, external_id),
  constraint organization_user_organization foreign key (organization_id) references organization (id)
);

create table api_key (
  id uuid not null,
  name text collate "C" not null,
  hash text not null,
  created_at timestamptz not null,
  constraint api_key_pk primary key (id),
  constraint api_key_hash unique (hash)
);

create table run (
  id uuid not null,
  organization_id uuid not null,
  parent_id uuid,
  root_id uuid not null,
  path bytea not null,
  depth integer not null,
  project text collate "C" not null,
  domain text collate "C" not null,
  name text collate "C" not null,
  service text collate "C" not null,
  task text collate "C" not null,
  app_id text,
  brand_id text,
  campaign_id text,
  user_id uuid,
  dispatch text not null,
  state text collate "C" not null,
  failure_kind text,
  failure_message text,
  attempt integer not null,
  started_at timestamptz,
  ended_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version bigint not null,
  constraint run_pk primary key (id),
  constraint run_organization foreign key (organization_id) references organization (id),
  constraint run_user foreign key (user_id) references organization_user (id),
  -- also keeps a run from being made under one that is deleted at the same moment
  constraint run_parent foreign key (parent_id) references run (id),
  constraint run_dispatch check (dispatch in ('tracked', 'queued')),
  constraint run_state check (state in ('pending', 'queued', 'waiting_for_resources', 'initializing',
    'running', 'paused', 'succeeded', 'failed', 'timed_out', 'canceled')),
  constraint run_depth check (depth between 1 and 64)
);

-- the runs below a run, level by level
create unique index run_tree on run (depth, path);
-- what stands right below a run that is to be removed
create index run_children on run (parent_id) where parent_id is not null;
-- a root in its organization, any other run under its root
create unique index run_root_name on run (organization_id, project, domain, name) where parent_id is null;
create unique index run_name on run (root_id, name) where parent_id is not null;
-- the lists of an organization: newest first, by state, by start
create index run_newest on run (organization_id, id);
create index run_by_state on run (organization_id, state, id);
create index run_by_start on run (organization_id, started_at, id);

create table attempt (
  run_id uuid not null,
  number integer not null,
  phase text not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  constraint attempt_pk primary key (run_id, number),
  constraint attempt_run foreign key (run_id) references run (id)
);

create table cost_line (
  id uuid not null,
  run_id uuid not null,
  cost_name text collate "C" not null,
  quantity_hi bigint not null,
  quantity_lo bigint not null,
  unit_price bigint not null,
  total_hi bigint not null,
  total_lo bigint not null,
  corrects_id uuid,
  created_at timestamptz not null,
  constraint cost_line_pk primary key (id),
  constraint cost_line_run foreign key (run_id) references run (id),
  constraint cost_line_quantity check (quantity_lo between 0 and 999999999),
  constraint cost_line_total check (total_lo between 0 and 999999999)
);

-- the lines of a run in the order they were written
create index cost_line_of_run on cost_line (run_id, id);

create table price (
  id uuid not null,
  name text collate "C" not null,
  unit_price bigint not null,
  effective_from timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint price_pk primary key (id),
  constraint price_name unique (name, effective_from)
);

-- Changes that are not yet in the sums of the runs above. No foreign key: the change that a
-- removal makes outlives the run.
create table rollup_delta (
  id bigint generated always as identity,
  path bytea not null,
  own boolean not null,
  measure text collate "C" not null,
  amount_hi bigint not null,
  amount_lo bigint not null,
  constraint rollup_delta_pk primary key (id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

create index rollup_delta_path on rollup_delta (path);

-- The sums of a run and of everything below it; own is null while the run has nothing of its own.
create table rollup (
  run_id uuid not null,
  measure text collate "C" not null,
  own_hi bigint,
  own_lo bigint,
  total_hi bigint not null,
  total_lo bigint not null,
  constraint rollup_pk primary key (run_id, measure)
);

-- Events as they are committed; the sequencer moves them into run_event.
create table event_inbox (
  id bigint generated always as identity,
  run_id uuid not null,
  root_id uuid not null,
  organization_id uuid not null,
  type text not null,
  version bigint,
  actor text not null,
  at timestamptz not null,
  details jsonb not null,
  constraint event_inbox_pk primary key (id)
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, autovacuum_vacuum_cost_delay = 0);

create table run_event (
  position bigint not null,
  run_id uuid not null,
  root_id uuid not null,
  organization_id uuid not null,
  type text not null,
  version bigint,
  actor text not null,
  at timestamptz not null,
  details jsonb not null,
  constraint run_event_pk primary key (position)
);

-- One row: the position of the newest event. Whoever sequences holds it.
create table event_position (
  id integer not null,
  last_position bigint not null,
  constraint event_position_pk primary key (id)
);

insert into event_position (id, last_position) values (1, 0);

create table kept_answer (
  organization_id uuid not null,
  idempotency_key text not null,
  fingerprint text not null,
  status integer not null,
  content_type text not null,
  body text not null,
  created_at timestamptz not null,
  constraint kept_answer_pk primary key (organization_id, idempotency_key)
);

create index kept_answer_age on kept_answer (created_at);

-- Subtrees that are being deleted.
create table run_deletion (
  run_id uuid not null,
  path bytea not null,
  organization_id uuid not null,
  actor text not null,
  marked_at timestamptz not null,
  constraint run_deletion_pk primary key (run_id)
);
