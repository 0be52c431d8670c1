-- Tallies of what happened, so that no page looks at all runs. They tell of the past: neither what
-- is deleted nor what goes for its age is taken out of the activity, while a deletion takes back
-- what the runs cost.

-- How many runs came and ended in each hour of UTC, written by whoever gives events their order.
create table organization_activity (
  organization_id text not null,
  hour text not null,
  project text not null,
  created bigint not null,
  succeeded bigint not null,
  failed bigint not null,
  timed_out bigint not null,
  canceled bigint not null,
  constraint organization_activity_pk primary key (organization_id, hour, project)
);

-- What was booked on each day of UTC: one row for each service, one for each user and one for each
-- cost name, so that each of the three dimensions adds up to all. The key of no user is empty.
create table cost_of_day (
  organization_id text not null,
  dimension text not null,
  day text not null,
  project text not null,
  group_key text not null,
  amount_hi bigint not null,
  amount_lo bigint not null,
  constraint cost_of_day_pk primary key (organization_id, dimension, day, project, group_key),
  constraint cost_of_day_dimension check (dimension in ('service', 'user', 'cost_name')),
  constraint cost_of_day_amount check (amount_lo between 0 and 999999999)
);

-- the days of all organizations together
create index cost_of_day_everywhere on cost_of_day (dimension, day);

-- Changes that are not yet in the sums of the days. No foreign key, as with those of the rollup.
create table cost_of_day_delta (
  id integer not null constraint cost_of_day_delta_pk primary key autoincrement,
  organization_id text not null,
  day text not null,
  project text not null,
  service text not null,
  user_id text,
  cost_name text not null,
  amount_hi bigint not null,
  amount_lo bigint not null,
  constraint cost_of_day_delta_amount check (amount_lo between 0 and 999999999)
);

-- the runs that are executed, longest first
create index run_running on run (organization_id, started_at, id) where state = 'running';

-- What is known already: of the runs that are there when they came and how they ended, unless an
-- event still waits to be counted; and all lines, with those that are only remembered.
insert into organization_activity
select organization_id, hour, project, sum(created), sum(succeeded), sum(failed), sum(timed_out), sum(canceled)
from (
  select organization_id, substr(created_at, 1, 13) || ':00:00Z' as hour, project,
    1 as created, 0 as succeeded, 0 as failed, 0 as timed_out, 0 as canceled
  from run
  where not exists (
    select 1 from event_inbox where event_inbox.run_id = run.id and event_inbox.type = 'run.created')
  union all
  select organization_id, substr(ended_at, 1, 13) || ':00:00Z', project,
    0, state = 'succeeded', state = 'failed', state = 'timed_out', state = 'canceled'
  from run
  where ended_at is not null and not exists (
    select 1 from event_inbox where event_inbox.run_id = run.id and event_inbox.type = 'run.' || run.state)
) known
group by organization_id, hour, project;

insert into cost_of_day
select organization_id, dimension, day, project, group_key,
  sum(hi) + sum(lo) / 1000000000, sum(lo) % 1000000000
from (
  select booked.organization_id, dimension.name as dimension, booked.day, booked.project,
    case dimension.name
      when 'service' then booked.service
      when 'user' then coalesce(booked.user_id, '')
      else booked.cost_name
    end as group_key,
    booked.hi, booked.lo
  from (
    select run.organization_id, run.project, run.service, run.user_id, line.cost_name,
      substr(line.created_at, 1, 10) as day, line.total_hi as hi, line.total_lo as lo
    from cost_line line
    join run on run.id = line.run_id
    union all
    select organization_id, project, service, user_id, cost_name,
      substr(coalesce(started_day, created_day), 1, 10), total_hi, total_lo
    from retained_cost
  ) booked
  cross join (select 'service' as name union all select 'user' union all select 'cost_name') dimension
) known
group by organization_id, dimension, day, project, group_key;
