-- What an organization wants done with inputs that hold what looks like a credential.

alter table organization add column credential_check text not null default 'refuse' constraint organization_credential_check check (credential_check in ('refuse', 'off'));
