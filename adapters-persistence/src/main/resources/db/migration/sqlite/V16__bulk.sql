-- What is done to many runs by one request, and how far it has come.

create table bulk_operation (
  id text not null,
  organization_id text not null,
  action text not null,
  -- the ids that were selected, or the filter
  choice text not null,
  -- the last run that is meant
  through_id text not null,
  expected bigint not null,
  actor text not null,
  created_at text not null,
  state text not null,
  done bigint not null,
  skipped bigint not null,
  failed bigint not null,
  -- how many were skipped or failed, by the code of the refusal
  reasons text not null,
  -- the last run that was looked at
  reached_id text,
  updated_at text not null,
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
