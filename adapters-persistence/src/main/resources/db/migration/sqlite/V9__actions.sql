-- Actions: what executors tell of the runs that they drive. Only what a run is made with or told of
-- stands here; a run of another surface has no row in these tables. No foreign keys: rows are written
-- by who makes the run or holds it, and removed with it.

-- The specifications of tasks, one for all actions of an organization that have the same; by SHA-256.
create table task_spec (
  organization_id text not null,
  digest text not null,
  document text not null,
  created_at text not null,
  constraint task_spec_pk primary key (organization_id, digest)
);

-- What is known of a run as an action from its beginning.
create table action (
  run_id text not null,
  organization_id text not null,
  type text not null,
  group_name text,
  subject text,
  task_org text,
  task_project text,
  task_domain text,
  task_name text,
  task_version text,
  task_type text,
  short_name text,
  environment_name text,
  function_name text,
  task_spec_digest text,
  spec text,
  input_uri text,
  inputs_hash text,
  executed_by text,
  created_by text,
  source text,
  relation text,
  recovered_from text,
  trigger_project text,
  trigger_domain text,
  trigger_name text,
  trigger_task_name text,
  trigger_revision bigint,
  trigger_type text,
  trigger_automation text,
  run_spec text,
  constraint action_pk primary key (run_id),
  constraint action_type check (type in ('task', 'trace', 'condition'))
);

-- What was told of it since, beyond the state of the run.
create table action_report (
  run_id text not null,
  started_at text,
  recovered boolean not null,
  cache_status text,
  output text,
  ended_by text,
  sends_status boolean not null,
  constraint action_report_pk primary key (run_id)
);

create table run_label (
  run_id text not null,
  organization_id text not null,
  label_key text not null,
  label_value text not null,
  constraint run_label_pk primary key (run_id, label_key)
);

-- the runs with a label
create index run_label_value on run_label (organization_id, label_key, label_value, run_id);

-- Why a run was canceled, where somebody said so.
create table run_end (
  run_id text not null,
  reason text not null,
  actor text not null,
  constraint run_end_pk primary key (run_id)
);

alter table run_cancellation add column reason text;

-- What all events of an attempt together say of it; told has, of each part, which event told it.
create table attempt_report (
  run_id text not null,
  number integer not null,
  phase text not null,
  started_at text not null,
  ended_at text,
  error_kind text,
  error_message text,
  outputs text,
  cluster text,
  cache_status text,
  cache_metadata text,
  log_names text not null,
  log_info text not null,
  log_context text,
  reported_at text,
  updated_at text not null,
  told text not null,
  constraint attempt_report_pk primary key (run_id, number)
);

-- That an attempt was in a phase: one row for each event. rank puts those of one moment in order.
create table phase_transition (
  run_id text not null,
  number integer not null,
  phase text not null,
  version bigint not null,
  at text not null,
  rank integer not null,
  created_at text not null,
  constraint phase_transition_pk primary key (run_id, number, phase, version)
);

create table cluster_event (
  id integer not null constraint cluster_event_pk primary key autoincrement,
  run_id text not null,
  number integer not null,
  occurred_at text not null,
  message text not null,
  type text,
  reason text,
  source_component text,
  occurrences integer not null,
  digest text not null,
  created_at text not null
);

-- the same is kept once
create unique index cluster_event_once on cluster_event (run_id, number, digest);

-- Reports on actions that are not there yet, by the action they wait for.
create table early_report (
  id integer not null constraint early_report_pk primary key autoincrement,
  organization_id text not null,
  project text not null,
  domain text not null,
  run_name text not null,
  action_name text not null,
  kind text not null,
  report text not null,
  actor text not null,
  reported_at text not null
);

create index early_report_awaits on early_report (organization_id, project, domain, run_name, action_name, id);
create index early_report_age on early_report (reported_at);

-- What starts runs without anybody doing so by hand.
create table run_trigger (
  organization_id text not null,
  project text not null,
  domain text not null,
  task_name text not null,
  name text not null,
  revision bigint not null,
  type text,
  automation text,
  task text not null,
  inputs text,
  run_spec text,
  constraint run_trigger_pk primary key (organization_id, project, domain, task_name, name)
);

-- the roots of an organization, newest first
create index run_root_newest on run (organization_id, id) where parent_id is null;

drop view runs;

create view runs as
select
  run.id,
  run.parent_id as parent_run_id,
  run.organization_id,
  run.user_id,
  run.app_id,
  run.brand_id,
  run.campaign_id,
  run.service as service_name,
  run.task as task_name,
  case
      when run.state = 'succeeded' then 'completed'
      when run.state in ('failed', 'timed_out', 'canceled') then 'failed'
      else 'running'
    end as status,
  run.state,
  run.started_at,
  run.ended_at as completed_at,
  run.created_at,
  run.updated_at,
  organization.external_id as org,
  run.project,
  run.domain,
  run.name,
  'a0' as root_action_name,
  case when action.trigger_name is not null then organization.external_id end as trigger_org,
  action.trigger_project,
  action.trigger_domain,
  action.trigger_name,
  coalesce(action.run_spec, '{}') as run_spec,
  action.created_by as created_by_principal,
  json_extract(action.run_spec, '$.securityContext.runAs.k8sServiceAccount') as created_by_k8s_service_account,
  run.root_id as root_run_id,
  run.depth,
  run.dispatch,
  run.attempt
from run
join organization on organization.id = run.organization_id
left join action on action.run_id = run.id;

drop view actions;

create view actions as
select
  run.id,
  organization.external_id as org,
  run.project,
  run.domain,
  root.name as run_name,
  case when run.parent_id is null then 'a0' else run.name end as name,
  run.root_id as run_id,
  case
    when run.parent_id is null then null
    when parent.parent_id is null then 'a0'
    else parent.name
  end as parent_action_name,
  coalesce(action.type, 'task') as action_type,
  case
      when run.state = 'pending' then 'PHASE_QUEUED'
      when run.state = 'canceled' then 'PHASE_ABORTED'
      when run.state = 'succeeded' and report.recovered then 'PHASE_RECOVERED'
      else 'PHASE_' || upper(run.state)
    end as phase,
  run.state,
  task_spec.document as task_spec,
  case when action.type = 'trace' then action.spec end as trace_spec,
  case when action.type = 'condition' then action.spec end as condition_spec,
  action.input_uri,
  case when action.run_id is not null then json_patch('{}', json_object('group', action.group_name, 'subject', action.subject, 'taskType', action.task_type, 'shortName', action.short_name, 'environmentName', action.environment_name, 'functionName', action.function_name, 'source', action.source, 'executedBy', json(action.executed_by), 'relation', json(action.relation), 'recoveredFrom', json(action.recovered_from))) end as metadata,
  run.created_at,
  run.updated_at
from run
join organization on organization.id = run.organization_id
join run root on root.id = run.root_id
left join run parent on parent.id = run.parent_id
left join action on action.run_id = run.id
left join action_report report on report.run_id = run.id
left join task_spec
  on task_spec.organization_id = action.organization_id and task_spec.digest = action.task_spec_digest;

drop view action_attempts;

create view action_attempts as
select
  attempt.run_id || '/' || attempt.number as id,
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
  coalesce(report.outputs, case when attempt.output_ref is not null
      then json_object('outputUri', attempt.output_ref)
    end) as outputs,
  report.log_info,
  report.log_context,
  attempt.started_at as created_at,
  coalesce(report.updated_at, attempt.ended_at, attempt.started_at) as updated_at,
  report.cluster,
  report.error_kind,
  report.error_message,
  report.cache_status
from attempt
join run on run.id = attempt.run_id
left join attempt_report report on report.run_id = attempt.run_id and report.number = attempt.number;

create view cluster_events as
select
  event.id,
  event.run_id || '/' || event.number as attempt_id,
  event.occurred_at,
  event.message,
  event.created_at,
  event.run_id as action_id,
  event.number as attempt_number,
  event.type,
  event.reason,
  event.source_component,
  event.occurrences as count
from cluster_event event;

-- Of one phase in a row there is one stretch, which ends where the next begins.
create view phase_transitions as
select
  change.run_id || '/' || change.number || '/' || change.phase || '/' || change.version as id,
  change.run_id || '/' || change.number as attempt_id,
  'PHASE_' || upper(change.phase) as phase,
  case change.phase when 'aborted' then 'canceled' when 'recovered' then 'succeeded' else change.phase end as state,
  change.at as start_time,
  coalesce(
    lead(change.at) over (partition by change.run_id, change.number order by change.at, change.rank, change.version),
    case when change.phase in ('succeeded', 'failed', 'aborted', 'timed_out', 'recovered') then change.at end
  ) as end_time,
  change.created_at,
  change.run_id as action_id,
  change.number as attempt_number
from (
  select
    seen.*,
    lag(seen.phase) over (partition by seen.run_id, seen.number order by seen.at, seen.rank, seen.version) as before
  from phase_transition seen
) change
where change.before is null or change.before <> change.phase;
