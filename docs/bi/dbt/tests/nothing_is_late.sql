-- Integrations whose data is late, by how much, when the exporter last looked.
{{ config(severity='warn') }}

SELECT workspace, integration_id, integration_name, minutes_late, last_success, expected_by, judged_by, reason
FROM {{ source('braze_cdi', 'freshness') }}
WHERE late
