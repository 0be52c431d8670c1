-- Runs of pipelines: what makes a run one stands here, how it goes stands with the run. No foreign
-- keys: rows are written by who makes the run or holds it, and removed with it.

create table pipeline_run (
  run_id text not null,
  organization_id text not null,
  contract_id text,
  contract_version text,
  schema_name text,
  pipeline_name text,
  pipeline_id text,
  environment text,
  set_off_by text,
  metadata text not null,
  result text,
  created_by text not null,
  created_at text not null,
  version bigint not null,
  constraint pipeline_run_pk primary key (run_id)
);

-- the lists of an organization, newest first: of all, of a contract, of a pipeline
create index pipeline_run_newest on pipeline_run (organization_id, created_at, run_id);
create index pipeline_run_of_contract on pipeline_run (organization_id, contract_id, created_at, run_id);
create index pipeline_run_of_pipeline on pipeline_run (organization_id, pipeline_name, created_at, run_id);

-- What checked data, of a run or of none. once_key names what is recorded only once.
create table validation (
  id text not null,
  organization_id text not null,
  project text not null,
  run_id text,
  contract_id text not null,
  contract_version text,
  schema_name text,
  environment text,
  pipeline_id text,
  verdict text not null,
  row_count bigint not null,
  rows_passed bigint,
  rows_failed bigint,
  error_count bigint not null,
  duration_us bigint,
  samples text,
  metadata text not null,
  once_key text,
  recorded_by text not null,
  recorded_at text not null,
  constraint validation_pk primary key (id),
  constraint validation_verdict check (verdict in ('passed', 'failed', 'warning', 'skipped'))
);

-- those of a run, in the order in which they were recorded
create index validation_of_run on validation (run_id, id) where run_id is not null;
-- the lists of an organization, newest first: of all, of a contract; and its statistics
create index validation_newest on validation (organization_id, recorded_at, id);
create index validation_of_contract on validation (organization_id, contract_id, recorded_at, id);
create unique index validation_once on validation (organization_id, once_key) where once_key is not null;

-- What a validation found to be wrong, or worth a warning, in the order in which it said so.
create table validation_finding (
  validation_id text not null,
  is_error boolean not null,
  place integer not null,
  code text not null,
  message text not null,
  path text,
  row_count bigint,
  constraint validation_finding_pk primary key (validation_id, is_error, place)
);

-- What is to follow from validations of a contract.
create table contract_policy (
  organization_id text not null,
  contract_id text not null,
  gate text not null,
  updated_at text not null,
  constraint contract_policy_pk primary key (organization_id, contract_id),
  constraint contract_policy_gate check (gate in ('none', 'warn', 'fail'))
);

create view pipeline_runs as
select
  run.id,
  pipeline.contract_id,
  pipeline.contract_version,
  pipeline.schema_name,
  pipeline.pipeline_name,
  pipeline.pipeline_id,
  pipeline.environment,
  pipeline.set_off_by as "trigger",
  case
      when run.state in ('pending', 'queued') then 'pending'
      when run.state = 'succeeded' then 'completed'
      when run.state in ('failed', 'timed_out') then 'failed'
      when run.state = 'canceled' then 'cancelled'
      else 'running'
    end as status,
  run.state,
  pipeline.result,
  pipeline.metadata,
  coalesce(run.started_at, run.created_at) as started_at,
  run.created_at,
  run.updated_at,
  run.ended_at as completed_at,
  pipeline.created_by,
  run.parent_id as parent_run_id,
  run.root_id as root_run_id,
  organization.external_id as org,
  run.project
from pipeline_run pipeline
join run on run.id = pipeline.run_id
join organization on organization.id = pipeline.organization_id;

create view validations as
select
  validation.id,
  validation.contract_id,
  validation.contract_version,
  validation.schema_name,
  validation.run_id,
  validation.verdict as status,
  validation.verdict <> 'failed' as passed,
  validation.row_count,
  validation.rows_passed,
  validation.rows_failed,
  validation.error_count,
  case when validation.row_count = 0 then 0.0
      else round(validation.error_count * 1.0 / validation.row_count, 6)
    end as error_rate,
  validation.duration_us / 1000.0 as duration_ms,
  validation.environment,
  validation.pipeline_id,
  validation.samples as sample_errors,
  validation.metadata,
  validation.recorded_by,
  validation.recorded_at,
  organization.external_id as org,
  validation.project
from validation
join organization on organization.id = validation.organization_id;
