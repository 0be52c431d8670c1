-- What cancellations by the thousand need.

-- the oldest marks first
create index run_cancellation_oldest on run_cancellation (marked_at, run_id);

-- where the request for a bulk operation came from; unknown of those that were begun before
alter table bulk_operation add column request_id text;
alter table bulk_operation add column address text;

-- why the service stopped an operation, as the code of a refusal; null when it did not
alter table bulk_operation add column stop_code text;
