// Prints how many jobs a second graphile-worker ends. Arguments: the database, how many jobs.
import { run, makeWorkerUtils } from "graphile-worker";
import pg from "pg";

const [connectionString, count] = [process.argv[2], Number(process.argv[3])];
const utils = await makeWorkerUtils({ connectionString });
await utils.migrate();
const client = new pg.Client({ connectionString });
await client.connect();
await client.query(
  "select graphile_worker.add_job('nothing', payload := '{}'::json) from generate_series(1, $1)",
  [count],
);
let done = 0;
const begun = process.hrtime.bigint();
const ended = new Promise((resolve) => {
  run({
    connectionString,
    concurrency: 24,
    maxPoolSize: 12,
    noHandleSignals: true,
    pollInterval: 100,
    preset: {
      worker: { localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
    taskList: {
      nothing: async () => {
        if (++done === count) resolve();
      },
    },
  });
});
await ended;
// the last ones are only gone when they are deleted
for (;;) {
  const left = await client.query("select 1 from graphile_worker._private_jobs limit 1");
  if (left.rowCount === 0) break;
  await new Promise((resolve) => setTimeout(resolve, 5));
}
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
console.log(`rate ${count / seconds}`);
process.exit(0);
