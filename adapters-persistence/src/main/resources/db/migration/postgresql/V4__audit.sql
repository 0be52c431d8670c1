-- Who did what, when and from where. Rows are added and stay as they are.

-- no foreign key: the log outlasts what it tells of
create table audit_entry (
  id uuid not null,
  organization_id uuid,
  at timestamptz not null,
  actor text not null,
  action text not null,
  target text not null,
  request_id text not null,
  address text not null,
  details jsonb not null,
  constraint audit_entry_pk primary key (id)
);

create index audit_entry_newest on audit_entry (organization_id, id);
create index audit_entry_of_actor on audit_entry (actor, id);
create index audit_entry_of_target on audit_entry (target, id);

create function audit_entry_stays() returns trigger language plpgsql as $$
begin
  raise exception 'audit_entry is append-only';
end
$$;

create trigger audit_entry_stays before update or delete on audit_entry
for each row execute function audit_entry_stays();

create trigger audit_entry_is_not_emptied before truncate on audit_entry
for each statement execute function audit_entry_stays();
