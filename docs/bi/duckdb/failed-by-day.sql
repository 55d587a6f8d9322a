SELECT
  dt, workspace, integration_id, integration_name,
  count(*) AS syncs, count(*) FILTER (WHERE job_status IN ('error', 'config_error')) AS failed
FROM syncs JOIN integrations USING (workspace, integration_id)
WHERE dt >= strftime(now() AT TIME ZONE 'UTC' - INTERVAL 7 DAY, '%Y-%m-%d')
GROUP BY ALL ORDER BY dt, workspace, integration_name, integration_id;
