-- What is done to many runs by one request, and how far it has come.

create table bulk_operation (
  id uuid not null,
  organization_id uuid not null,
  action text collate "C" not null,
  -- the ids that were selected, or the filter
  choice json not null,
  -- the last run that is meant
  through_id uuid not null,
  expected bigint not null,
  actor text collate "C" not null,
  created_at timestamptz not null,
  state text collate "C" not null,
  done bigint not null,
  skipped bigint not null,
  failed bigint not null,
  -- how many were skipped or failed, by the code of the refusal
  reasons json not null,
  -- the last run that was looked at
  reached_id uuid,
  updated_at timestamptz not null,
  version bigint not null,
  constraint bulk_operation_pk primary key (id),
  constraint bulk_operation_organization foreign key (organization_id) references organization (id),
  constraint bulk_operation_action check (action in ('cancel', 'retry')),
  constraint bulk_operation_state check (state in ('running', 'done', 'stopped'))
);

-- those of an organization, newest first
create index bulk_operation_newest on bulk_operation (organization_id, id);
-- those that are to be carried on; never many
create index bulk_operation_running on bulk_operation (organization_id, id) where state = 'running';
