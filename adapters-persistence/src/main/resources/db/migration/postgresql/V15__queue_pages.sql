-- What the pages about the queue and about contracts ask.

-- when the worker of a lease was heard of last
alter table run_lease add column heard_at timestamptz not null default now();
update run_lease set heard_at = claimed_at;

-- how many of a kind are executed, and which of them for longest
drop index run_lease_of_kind;
create index run_lease_of_kind on run_lease (organization_id, kind, claimed_at);

-- those of a kind whose time has not come
create index queue_delayed_of_kind on queue_delayed (organization_id, kind, ready_at);

-- What became of the runs of a kind and of their attempts within five minutes, which begin at the
-- time given. Written by who gives events their places, from these events: that is one node at a
-- time, so that no worker who reports waits for a row that all others want too.
create table kind_activity (
  organization_id uuid not null,
  kind text collate "C" not null,
  at timestamptz not null,
  project text collate "C" not null,
  succeeded bigint not null,
  failed bigint not null,
  timed_out bigint not null,
  canceled bigint not null,
  retried bigint not null,
  lost bigint not null,
  constraint kind_activity_pk primary key (organization_id, kind, at, project)
) with (fillfactor = 70);

-- what is old
create index kind_activity_age on kind_activity (at);

-- How many validations of a contract there were on a day, by verdict. They stay when validations go
-- for their age or with their runs. Written with the validation; slot is one of a few rows that
-- share a day, so that those who validate at the same time seldom want the same one. Days are
-- midnights of UTC.
create table contract_day (
  organization_id uuid not null,
  contract_id text collate "C" not null,
  utc_day timestamptz not null,
  project text collate "C" not null,
  slot integer not null,
  passed bigint not null,
  failed bigint not null,
  warning bigint not null,
  skipped bigint not null,
  constraint contract_day_pk primary key (organization_id, contract_id, utc_day, project, slot)
) with (fillfactor = 70);

insert into contract_day (organization_id, contract_id, utc_day, project, slot, passed, failed, warning, skipped)
  select
    organization_id,
    contract_id,
    date_trunc('day', recorded_at, 'UTC'),
    project,
    0,
    count(*) filter (where verdict = 'passed'),
    count(*) filter (where verdict = 'failed'),
    count(*) filter (where verdict = 'warning'),
    count(*) filter (where verdict = 'skipped')
  from validation
  group by 1, 2, 3, 4;
