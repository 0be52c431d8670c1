-- Lists that are narrowed by what only some runs have: each along an index that begins with the
-- organization and ends with the id, so that the newest come first without sorting.
create index run_of_service on run (organization_id, service, id);
create index run_of_user on run (organization_id, user_id, id) where user_id is not null;
create index run_of_app on run (organization_id, app_id, id) where app_id is not null;
create index run_of_brand on run (organization_id, brand_id, id) where brand_id is not null;
create index run_of_campaign on run (organization_id, campaign_id, id) where campaign_id is not null;
-- a search by the beginning of a name
create index run_by_name on run (organization_id, name, id);

-- the children of a run, newest first
drop index run_children;
create index run_children on run (parent_id, id) where parent_id is not null;
-- the children of a run that ended in a state, in the order in which they ended
create index run_child_ended on run (parent_id, state, ended_at, id) where parent_id is not null and ended_at is not null;
