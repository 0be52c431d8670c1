-- People who sign in, what they may do in organizations, and the browsers that are known.

create table person (
  id uuid not null,
  login text collate "C" not null,
  name text not null,
  password_hash text,
  is_platform_admin boolean not null,
  must_change_password boolean not null,
  issuer text,
  subject text,
  disabled_at timestamptz,
  failed_attempts integer not null,
  unlocked_at timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint person_pk primary key (id),
  constraint person_login unique (login),
  constraint person_subject unique (issuer, subject)
);

create table membership (
  person_id uuid not null,
  organization_id uuid not null,
  role text not null,
  constraint membership_pk primary key (person_id, organization_id),
  constraint membership_person foreign key (person_id) references person (id),
  constraint membership_organization foreign key (organization_id) references organization (id),
  constraint membership_role check (role in ('viewer', 'operator', 'admin'))
);

-- the people of an organization, newest first
create index membership_newest on membership (organization_id, person_id);

-- the hash is that of the token which the browser shows
create table web_session (
  hash text not null,
  person_id uuid not null,
  organization_id uuid,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  ends_at timestamptz not null,
  idle_ends_at timestamptz not null,
  constraint web_session_pk primary key (hash),
  constraint web_session_person foreign key (person_id) references person (id),
  constraint web_session_organization foreign key (organization_id) references organization (id)
);

-- all sessions of a person, and those that are over
create index web_session_of_person on web_session (person_id);
create index web_session_end on web_session (idle_ends_at);
