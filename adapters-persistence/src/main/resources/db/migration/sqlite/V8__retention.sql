-- How long runs are kept, and what is remembered of those that went for their age.

-- What organizations have said themselves; null is for ever.
create table retention_policy (
  organization_id text not null,
  succeeded_days integer,
  other_days integer,
  constraint retention_policy_pk primary key (organization_id),
  constraint retention_policy_organization foreign key (organization_id) references organization (id),
  constraint retention_policy_days check (succeeded_days between 1 and 3650 and other_days between 1 and 3650)
);

-- What runs cost that are gone. The id is made from all columns that are no amounts, of which some
-- may be null. Days are midnights.
create table retained_cost (
  id text not null,
  organization_id text not null,
  project text not null,
  root_id text not null,
  service text not null,
  task text not null,
  app_id text,
  brand_id text,
  campaign_id text,
  user_id text,
  state text not null,
  created_day text not null,
  started_day text,
  cost_name text not null,
  quantity_hi bigint not null,
  quantity_lo bigint not null,
  total_hi bigint not null,
  total_lo bigint not null,
  constraint retained_cost_pk primary key (id),
  constraint retained_cost_organization foreign key (organization_id) references organization (id),
  constraint retained_cost_quantity check (quantity_lo between 0 and 999999999),
  constraint retained_cost_total check (total_lo between 0 and 999999999)
);

create index retained_cost_of_day on retained_cost (organization_id, started_day);

-- How many runs are gone, with an id as above. No root here: most runs cost nothing, and these rows
-- shall stay few.
create table retained_run (
  id text not null,
  organization_id text not null,
  project text not null,
  service text not null,
  task text not null,
  app_id text,
  brand_id text,
  campaign_id text,
  user_id text,
  state text not null,
  created_day text not null,
  started_day text,
  runs bigint not null,
  constraint retained_run_pk primary key (id),
  constraint retained_run_organization foreign key (organization_id) references organization (id)
);

create index retained_run_of_day on retained_run (organization_id, started_day);

-- What has gone since the audit log was told.
create table retention_tally (
  organization_id text not null,
  trees bigint not null,
  runs bigint not null,
  lines bigint not null,
  constraint retention_tally_pk primary key (organization_id)
);

-- A mark for the age of a tree: its costs are remembered, those of a deletion are not.
alter table run_deletion add column retains boolean not null default false;

-- the roots of an organization by their end; a run comes in when it ends, and only a root
create index run_root_ended on run (organization_id, state, ended_at, id) where parent_id is null and ended_at is not null;

create view retained_costs as
select
  cost.id,
  cost.organization_id,
  organization.external_id as org,
  cost.project,
  cost.root_id as root_run_id,
  cost.service as service_name,
  cost.task as task_name,
  cost.app_id,
  cost.brand_id,
  cost.campaign_id,
  cost.user_id,
  case
      when cost.state = 'succeeded' then 'completed'
      when cost.state in ('failed', 'timed_out', 'canceled') then 'failed'
      else 'running'
    end as status,
  cost.state,
  substr(cost.created_day, 1, 10) as created_on,
  substr(cost.started_day, 1, 10) as started_on,
  cost.cost_name,
  case when cost.quantity_hi >= 0
      then printf('%d.%06d', cost.quantity_hi * 1000 + cost.quantity_lo / 1000000, cost.quantity_lo % 1000000)
      else printf('-%d.%06d', (-cost.quantity_hi - (cost.quantity_lo > 0)) * 1000 + ((1000000000 - cost.quantity_lo) % 1000000000) / 1000000, ((1000000000 - cost.quantity_lo) % 1000000000) % 1000000)
    end as quantity,
  case when cost.total_hi >= 0
      then printf('%d.%d%09d', cost.total_hi / 10, cost.total_hi % 10, cost.total_lo)
      else printf('-%d.%d%09d', (-cost.total_hi - (cost.total_lo > 0)) / 10, (-cost.total_hi - (cost.total_lo > 0)) % 10, (1000000000 - cost.total_lo) % 1000000000)
    end as total_cost_in_usd_cents
from retained_cost cost
join organization on organization.id = cost.organization_id;
