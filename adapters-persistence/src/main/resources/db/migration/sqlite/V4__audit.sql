-- Who did what, when and from where. Rows are added and stay as they are.

-- no foreign key: the log outlasts what it tells of
create table audit_entry (
  id text not null,
  organization_id text,
  at text not null,
  actor text not null,
  action text not null,
  target text not null,
  request_id text not null,
  address text not null,
  details text not null,
  constraint audit_entry_pk primary key (id)
);

create index audit_entry_newest on audit_entry (organization_id, id);
create index audit_entry_of_actor on audit_entry (actor, id);
create index audit_entry_of_target on audit_entry (target, id);

create trigger audit_entry_no_update before update on audit_entry
begin
  select raise(abort, 'audit_entry is append-only');
end;

create trigger audit_entry_no_delete before delete on audit_entry
begin
  select raise(abort, 'audit_entry is append-only');
end;

-- "insert or replace" deletes without a delete trigger
create trigger audit_entry_no_replace before insert on audit_entry
when exists (select 1 from audit_entry where id = new.id)
begin
  select raise(abort, 'audit_entry is append-only');
end;
