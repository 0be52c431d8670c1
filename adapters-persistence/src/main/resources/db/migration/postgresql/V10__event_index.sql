-- Events say where their run stands, so that whoever reads them need not ask, also when the run is
-- gone; and the log knows what it has forgotten.

alter table event_inbox
  add column path bytea not null default ''::bytea,
  add column project text not null default '',
  add column domain text not null default '',
  add column service text not null default '',
  add column task text not null default '';

alter table run_event
  add column path bytea not null default ''::bytea,
  add column project text not null default '',
  add column domain text not null default '',
  add column service text not null default '',
  add column task text not null default '';

-- Nobody can tell any more who may see what happened to runs that are gone.
delete from event_inbox where not exists (select 1 from run where run.id = event_inbox.run_id);
delete from run_event where not exists (select 1 from run where run.id = run_event.run_id);

update event_inbox
  set path = run.path, project = run.project, domain = run.domain, service = run.service, task = run.task
  from run where run.id = event_inbox.run_id;
update run_event
  set path = run.path, project = run.project, domain = run.domain, service = run.service, task = run.task
  from run where run.id = run_event.run_id;

alter table event_inbox
  alter column path drop default,
  alter column project drop default,
  alter column domain drop default,
  alter column service drop default,
  alter column task drop default;

alter table run_event
  alter column path drop default,
  alter column project drop default,
  alter column domain drop default,
  alter column service drop default,
  alter column task drop default;

-- what happens in an organization, in a tree, to a run: from a position on
create index run_event_organization on run_event (organization_id, position);
create index run_event_root on run_event (root_id, position);
create index run_event_run on run_event (run_id, position);
-- deletions in a tree
create index run_event_deleted on run_event (root_id, position) where type = 'run.deleted';

-- One row: the position of the oldest event that is not forgotten. Whoever forgets holds it.
create table event_kept (
  id integer not null,
  first_position bigint not null,
  constraint event_kept_pk primary key (id)
);

insert into event_kept (id, first_position)
  select 1, coalesce((select min(position) from run_event), last_position + 1) from event_position;
