-- Which runs are meant by the names that executors give them.
create table lineage_run (
  organization_id uuid not null,
  lineage_id uuid not null,
  run_id uuid not null,
  constraint lineage_run_pk primary key (organization_id, lineage_id),
  constraint lineage_run_run foreign key (run_id) references run (id)
);

create unique index lineage_run_of on lineage_run (run_id);

-- Events of runs whose parents are not there yet, by the parent they wait for.
create table early_lineage (
  id bigint generated always as identity,
  organization_id uuid not null,
  awaited_id uuid not null,
  lineage_id uuid not null,
  event json not null,
  projects json not null,
  actor text collate "C" not null,
  heard_at timestamptz not null,
  constraint early_lineage_pk primary key (id)
);

create index early_lineage_awaits on early_lineage (organization_id, awaited_id, id);
create index early_lineage_about on early_lineage (organization_id, lineage_id, id);
create index early_lineage_age on early_lineage (heard_at, id);
