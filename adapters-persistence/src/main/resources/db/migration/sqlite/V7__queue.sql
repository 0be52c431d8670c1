-- The queue: what it knows of its runs, which of them wait, and who executes one.

-- Everything that is asked for or told of a queued run beyond the run itself; kept as long as it.
create table job (
  run_id text not null,
  organization_id text not null,
  kind text not null,
  max_attempts integer not null,
  spent_attempts integer not null,
  priority integer not null,
  scheduled_at text,
  timeout_ms bigint,
  idempotency_key text,
  fingerprint text not null,
  claimed_by text,
  claimed_at text,
  cancel_requested_at text,
  output_ref text,
  error text,
  reported_by text,
  -- no foreign key: that run may be deleted before this one
  retry_of text,
  constraint job_pk primary key (run_id),
  constraint job_run foreign key (run_id) references run (id)
);

-- a run by its key
create unique index job_key on job (organization_id, idempotency_key) where idempotency_key is not null;

-- What a run is given and gives back: JSON, as it came.
create table run_payload (
  run_id text not null,
  input text not null,
  output text,
  constraint run_payload_pk primary key (run_id),
  constraint run_payload_run foreign key (run_id) references run (id)
);

-- Runs that can be claimed now. rank is the priority with its sign turned, so that the first of a
-- line is the first in the index. No foreign keys here and below: these tables stay small and hot.
create table queue_ready (
  run_id text not null,
  organization_id text not null,
  project text not null,
  kind text not null,
  rank integer not null,
  ready_at text not null,
  constraint queue_ready_pk primary key (run_id)
);

-- the lines at which runs are ready, and the first of a line
create index queue_ready_line on queue_ready (organization_id, project, kind, rank, ready_at, run_id);

-- Runs that can be claimed later.
create table queue_delayed (
  run_id text not null,
  organization_id text not null,
  project text not null,
  kind text not null,
  rank integer not null,
  ready_at text not null,
  constraint queue_delayed_pk primary key (run_id)
);

-- those whose time has come
create index queue_delayed_due on queue_delayed (ready_at);

-- Who executes a run at present. due_at is the earliest of the three times beside it.
create table run_lease (
  run_id text not null,
  organization_id text not null,
  project text not null,
  kind text not null,
  attempt integer not null,
  token text not null,
  worker text not null,
  length_ms bigint not null,
  claimed_at text not null,
  expires_at text not null,
  times_out_at text,
  cancel_by text,
  due_at text not null,
  constraint run_lease_pk primary key (run_id)
);

-- those whose time is over
create index run_lease_due on run_lease (due_at);
-- how many of a kind are executed
create index run_lease_of_kind on run_lease (organization_id, kind);

-- How an organization wants a kind to be treated.
create table kind_policy (
  organization_id text not null,
  kind text not null,
  max_attempts integer not null,
  backoff_base_ms bigint not null,
  backoff_factor integer not null,
  backoff_cap_ms bigint not null,
  timeout_ms bigint,
  most_running integer,
  starts_per_minute integer,
  paused boolean not null,
  next_start_at text not null,
  updated_at text not null,
  constraint kind_policy_pk primary key (organization_id, kind),
  constraint kind_policy_organization foreign key (organization_id) references organization (id)
);

-- Subtrees that are being canceled.
create table run_cancellation (
  run_id text not null,
  path blob not null,
  organization_id text not null,
  actor text not null,
  marked_at text not null,
  constraint run_cancellation_pk primary key (run_id)
);

-- the lists of an organization that are narrowed: to a project, to a task, which is also the kind
create index run_of_project on run (organization_id, project, id);
create index run_of_task on run (organization_id, task, id);

-- what is live below a run; roots, and so most jobs, are not in it
create index run_live_below on run (path) where parent_id is not null and ended_at is null;

alter table attempt add column worker text;
alter table attempt add column failure_kind text;
alter table attempt add column failure_message text;
alter table attempt add column output_ref text;
alter table attempt add column released boolean not null default false;

drop view action_attempts;

create view action_attempts as
select
  run.id || '/' || attempt.number as id,
  attempt.run_id as action_id,
  attempt.number as attempt_number,
  case attempt.phase
      when 'pending' then 'PHASE_QUEUED'
      when 'canceled' then 'PHASE_ABORTED'
      else 'PHASE_' || upper(attempt.phase)
    end as phase,
  attempt.phase as state,
  attempt.started_at as start_time,
  attempt.ended_at as end_time,
  case when attempt.output_ref is not null
      then json_object('outputUri', attempt.output_ref)
    end as outputs,
  null as log_info,
  null as log_context,
  attempt.started_at as created_at,
  coalesce(attempt.ended_at, attempt.started_at) as updated_at
from attempt
join run on run.id = attempt.run_id;
