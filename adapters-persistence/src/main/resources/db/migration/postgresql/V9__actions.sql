-- Actions: what executors tell of the runs that they drive. Only what a run is made with or told of
-- stands here; a run of another surface has no row in these tables. No foreign keys: rows are written
-- by who makes the run or holds it, and removed with it.

-- The specifications of tasks, one for all actions of an organization that have the same; by SHA-256.
create table task_spec (
  organization_id uuid not null,
  digest text collate "C" not null,
  document json not null,
  created_at timestamptz not null,
  constraint task_spec_pk primary key (organization_id, digest)
);

-- What is known of a run as an action from its beginning.
create table action (
  run_id uuid not null,
  organization_id uuid not null,
  type text collate "C" not null,
  group_name text collate "C",
  subject text collate "C",
  task_org text collate "C",
  task_project text collate "C",
  task_domain text collate "C",
  task_name text collate "C",
  task_version text collate "C",
  task_type text collate "C",
  short_name text collate "C",
  environment_name text collate "C",
  function_name text collate "C",
  task_spec_digest text collate "C",
  spec json,
  input_uri text collate "C",
  inputs_hash text collate "C",
  executed_by json,
  created_by text collate "C",
  source text collate "C",
  relation json,
  recovered_from json,
  trigger_project text collate "C",
  trigger_domain text collate "C",
  trigger_name text collate "C",
  trigger_task_name text collate "C",
  trigger_revision bigint,
  trigger_type text collate "C",
  trigger_automation json,
  run_spec json,
  constraint action_pk primary key (run_id),
  constraint action_type check (type in ('task', 'trace', 'condition'))
);

-- What was told of it since, beyond the state of the run.
create table action_report (
  run_id uuid not null,
  started_at timestamptz,
  recovered boolean not null,
  cache_status text collate "C",
  output json,
  ended_by json,
  sends_status boolean not null,
  constraint action_report_pk primary key (run_id)
);

create table run_label (
  run_id uuid not null,
  organization_id uuid not null,
  label_key text collate "C" not null,
  label_value text collate "C" not null,
  constraint run_label_pk primary key (run_id, label_key)
);

-- the runs with a label
create index run_label_value on run_label (organization_id, label_key, label_value, run_id);

-- Why a run was canceled, where somebody said so.
create table run_end (
  run_id uuid not null,
  reason text collate "C" not null,
  actor text collate "C" not null,
  constraint run_end_pk primary key (run_id)
);

alter table run_cancellation add column reason text collate "C";

-- What all events of an attempt together say of it; told has, of each part, which event told it.
create table attempt_report (
  run_id uuid not null,
  number integer not null,
  phase text collate "C" not null,
  started_at timestamptz not null,
  ended_at timestamptz,
  error_kind text collate "C",
  error_message text collate "C",
  outputs json,
  cluster text collate "C",
  cache_status text collate "C",
  cache_metadata json,
  log_names json not null,
  log_info json not null,
  log_context json,
  reported_at timestamptz,
  updated_at timestamptz not null,
  told json not null,
  constraint attempt_report_pk primary key (run_id, number)
);

-- That an attempt was in a phase: one row for each event. rank puts those of one moment in order.
create table phase_transition (
  run_id uuid not null,
  number integer not null,
  phase text collate "C" not null,
  version bigint not null,
  at timestamptz not null,
  rank integer not null,
  created_at timestamptz not null,
  constraint phase_transition_pk primary key (run_id, number, phase, version)
);

create table cluster_event (
  id bigint generated always as identity,
  run_id uuid not null,
  number integer not null,
  occurred_at timestamptz not null,
  message text collate "C" not null,
  type text collate "C",
  reason text collate "C",
  source_component text collate "C",
  occurrences integer not null,
  digest text collate "C" not null,
  created_at timestamptz not null,
  constraint cluster_event_pk primary key (id)
);

-- the same is kept once
create unique index cluster_event_once on cluster_event (run_id, number, digest);

-- Reports on actions that are not there yet, by the action they wait for.
create table early_report (
  id bigint generated always as identity,
  organization_id uuid not null,
  project text collate "C" not null,
  domain text collate "C" not null,
  run_name text collate "C" not null,
  action_name text collate "C" not null,
  kind text collate "C" not null,
  report json not null,
  actor text collate "C" not null,
  reported_at timestamptz not null,
  constraint early_report_pk primary key (id)
);

create index early_report_awaits on early_report (organization_id, project, domain, run_name, action_name, id);
create index early_report_age on early_report (reported_at);

-- What starts runs without anybody doing so by hand.
create table run_trigger (
  organization_id uuid not null,
  project text collate "C" not null,
  domain text collate "C" not null,
  task_name text collate "C" not null,
  name text collate "C" not null,
  revision bigint not null,
  type text collate "C",
  automation json,
  task json not null,
  inputs json,
  run_spec json,
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
  coalesce(action.run_spec, '{}'::json) as run_spec,
  action.created_by as created_by_principal,
  action.run_spec #>> '{securityContext,runAs,k8sServiceAccount}' as created_by_k8s_service_account,
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
  case when action.run_id is not null then json_strip_nulls(json_build_object('group', action.group_name, 'subject', action.subject, 'taskType', action.task_type, 'shortName', action.short_name, 'environmentName', action.environment_name, 'functionName', action.function_name, 'source', action.source, 'executedBy', action.executed_by, 'relation', action.relation, 'recoveredFrom', action.recovered_from)) end as metadata,
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
  attempt.run_id::text || '/' || attempt.number as id,
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
      then json_build_object('outputUri', attempt.output_ref)
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
  event.run_id::text || '/' || event.number as attempt_id,
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
  change.run_id::text || '/' || change.number || '/' || change.phase || '/' || change.version as id,
  change.run_id::text || '/' || change.number as attempt_id,
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
