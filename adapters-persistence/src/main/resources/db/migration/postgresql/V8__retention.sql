-- How long runs are kept, and what is remembered of those that went for their age.

-- What organizations have said themselves; null is for ever.
create table retention_policy (
  organization_id uuid not null,
  succeeded_days integer,
  other_days integer,
  constraint retention_policy_pk primary key (organization_id),
  constraint retention_policy_organization foreign key (organization_id) references organization (id),
  constraint retention_policy_days check (succeeded_days between 1 and 3650 and other_days between 1 and 3650)
);

-- What runs cost that are gone. The id is made from all columns that are no amounts, of which some
-- may be null. Days are midnights.
create table retained_cost (
  id uuid not null,
  organization_id uuid not null,
  project text collate "C" not null,
  root_id uuid not null,
  service text collate "C" not null,
  task text collate "C" not null,
  app_id text,
  brand_id text,
  campaign_id text,
  user_id uuid,
  state text collate "C" not null,
  created_day timestamptz not null,
  started_day timestamptz,
  cost_name text collate "C" not null,
  quantity_hi bigint not null,
  quantity_lo bigint not null,
  total_hi bigint not null,
  total_lo bigint not null,
  constraint retained_cost_pk primary key (id),
  constraint retained_cost_organization foreign key (organization_id) references organization (id),
  constraint retained_cost_quantity check (quantity_lo between 0 and 999999999),
  constraint retained_cost_total check (total_lo between 0 and 999999999)
);

create index retained_cost_of_day on retained_cost (organization_id, started_day);

-- How many runs are gone, with an id as above. No root here: most runs cost nothing, and these rows
-- shall stay few.
create table retained_run (
  id uuid not null,
  organization_id uuid not null,
  project text collate "C" not null,
  service text collate "C" not null,
  task text collate "C" not null,
  app_id text,
  brand_id text,
  campaign_id text,
  user_id uuid,
  state text collate "C" not null,
  created_day timestamptz not null,
  started_day timestamptz,
  runs bigint not null,
  constraint retained_run_pk primary key (id),
  constraint retained_run_organization foreign key (organization_id) references organization (id)
);

create index retained_run_of_day on retained_run (organization_id, started_day);

-- What has gone since the audit log was told.
create table retention_tally (
  organization_id uuid not null,
  trees bigint not null,
  runs bigint not null,
  lines bigint not null,
  constraint retention_tally_pk primary key (organization_id)
);

-- A mark for the age of a tree: its costs are remembered, those of a deletion are not.
alter table run_deletion add column retains boolean not null default false;

-- the roots of an organization by their end; a run comes in when it ends, and only a root
create index run_root_ended on run (organization_id, state, ended_at, id) where parent_id is null and ended_at is not null;

create view retained_costs as
select
  cost.id,
  cost.organization_id,
  organization.external_id as org,
  cost.project,
  cost.root_id as root_run_id,
  cost.service as service_name,
  cost.task as task_name,
  cost.app_id,
  cost.brand_id,
  cost.campaign_id,
  cost.user_id,
  case
      when cost.state = 'succeeded' then 'completed'
      when cost.state in ('failed', 'timed_out', 'canceled') then 'failed'
      else 'running'
    end as status,
  cost.state,
  (cost.created_day at time zone 'UTC')::date as created_on,
  (cost.started_day at time zone 'UTC')::date as started_on,
  cost.cost_name,
  (cost.quantity_hi * 1000000000::numeric + cost.quantity_lo) * 0.000001 as quantity,
  (cost.total_hi * 1000000000::numeric + cost.total_lo) * 0.0000000001 as total_cost_in_usd_cents
from retained_cost cost
join organization on organization.id = cost.organization_id;
