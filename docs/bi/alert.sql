-- Rows here are worth a message: data that is late, and integrations at which nobody has looked for an hour. Without the
-- second half the alert falls silent when the exporter stops, for then nothing new is judged. Let the hour be longer
-- than the distance of your runs, and leave out a workspace that is `paused` in cdk.json.
SELECT workspace, integration_id, integration_name, late, minutes_late, reason, as_of
FROM freshness
WHERE late OR (listed IS DISTINCT FROM false AND as_of < localtimestamp - INTERVAL '1' HOUR)
