-- Projects and teams of organizations, and what keys may do.

create table project (
  id uuid not null,
  organization_id uuid not null,
  slug text collate "C" not null,
  name text collate "C" not null,
  description text not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint project_pk primary key (id),
  constraint project_slug unique (organization_id, slug),
  constraint project_organization foreign key (organization_id) references organization (id)
);

-- the project of runs that name none has the id of its organization
insert into project (id, organization_id, slug, name, description, created_at, updated_at)
select id, id, 'default', 'default', '', created_at, created_at from organization;

create table team (
  id uuid not null,
  organization_id uuid not null,
  name text collate "C" not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint team_pk primary key (id),
  constraint team_name unique (organization_id, name),
  constraint team_organization foreign key (organization_id) references organization (id)
);

create index team_newest on team (organization_id, id);

-- a key without a team is bound to no organization; scopes and projects are words between blanks
alter table api_key add column team_id uuid constraint api_key_team references team (id);
alter table api_key add column organization_id uuid constraint api_key_organization references organization (id);
alter table api_key add column hint text not null default '';
alter table api_key add column scopes text not null default 'platform:admin';
alter table api_key add column projects text not null default '';
alter table api_key add column created_by text not null default 'system';
alter table api_key add column expires_at timestamptz;
alter table api_key add column revoked_at timestamptz;
alter table api_key add column last_used_at timestamptz;

create index api_key_newest on api_key (team_id, id);
