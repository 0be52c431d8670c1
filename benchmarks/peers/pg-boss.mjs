// Prints how many jobs a second pg-boss ends, 100 at a time. Arguments: the database, how many jobs.
import PgBoss from "pg-boss";

const [connectionString, count] = [process.argv[2], Number(process.argv[3])];
const boss = new PgBoss({ connectionString, max: 4, supervise: false, schedule: false });
await boss.start();
await boss.createQueue("nothing");
for (let made = 0; made < count; made += 1000) {
  await boss.insert(Array.from({ length: 1000 }, () => ({ name: "nothing", data: {} })));
}
const begun = process.hrtime.bigint();
const work = async () => {
  for (;;) {
    const jobs = await boss.fetch("nothing", { batchSize: 100 });
    if (jobs.length === 0) return;
    await boss.complete("nothing", jobs.map((job) => job.id));
  }
};
await Promise.all([work(), work()]);
const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
console.log(`rate ${count / seconds}`);
process.exit(0);
