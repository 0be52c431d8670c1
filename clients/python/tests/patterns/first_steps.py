from griot_registry import SyncRegistryClient, BreakingChangeError

with SyncRegistryClient("http://localhost:8090") as client:  # the key is in GRIOT_API_KEY
    run = client.create_run("orders", pipeline_name="daily-etl", status="running")
    client.record_validation("orders", passed=True, row_count=50_000, run_id=run["id"])
    ended = client.update_run(run["id"], status="completed", metadata={"rows": 50_000})
    if ended["status"] == "failed":
        raise RuntimeError("the gate of the contract is shut")
