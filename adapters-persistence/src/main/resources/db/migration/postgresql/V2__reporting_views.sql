-- What people and reporting tools may read: documented in docs/reporting-views.md, kept stable.
-- Each view has every column of the table that the tracker or the RunService documented, in their
-- words, and the canonical state beside them.

create view organizations as
select id, external_id, created_at, updated_at
from organization;

create view users as
select id, external_id, organization_id, created_at, updated_at
from organization_user;

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
  null::text as trigger_org,
  null::text as trigger_project,
  null::text as trigger_domain,
  null::text as trigger_name,
  '{}'::jsonb as run_spec,
  null::text as created_by_principal,
  null::text as created_by_k8s_service_account,
  run.root_id as root_run_id,
  run.depth,
  run.dispatch,
  run.attempt
from run
join organization on organization.id = run.organization_id;

create view runs_costs as
select
  line.id,
  line.run_id,
  line.cost_name,
  (line.quantity_hi * 1000000000::numeric + line.quantity_lo) * 0.000001 as quantity,
  line.unit_price * 0.0000000001 as unit_cost_in_usd_cents,
  (line.total_hi * 1000000000::numeric + line.total_lo) * 0.0000000001 as total_cost_in_usd_cents,
  line.corrects_id,
  line.created_at
from cost_line line;

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
  'task' as action_type,
  case run.state
      when 'pending' then 'PHASE_QUEUED'
      when 'canceled' then 'PHASE_ABORTED'
      else 'PHASE_' || upper(run.state)
    end as phase,
  run.state,
  null::jsonb as task_spec,
  null::jsonb as trace_spec,
  null::jsonb as condition_spec,
  null::text as input_uri,
  null::jsonb as metadata,
  run.created_at,
  run.updated_at
from run
join organization on organization.id = run.organization_id
join run root on root.id = run.root_id
left join run parent on parent.id = run.parent_id;

create view action_attempts as
select
  run.id::text || '/' || attempt.number as id,
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
  null::jsonb as outputs,
  null::jsonb as log_info,
  null::jsonb as log_context,
  attempt.started_at as created_at,
  coalesce(attempt.ended_at, attempt.started_at) as updated_at
from attempt
join run on run.id = attempt.run_id;
