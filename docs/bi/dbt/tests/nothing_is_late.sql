-- Integrations whose data is late, by how much.
{{ config(severity='warn') }}

SELECT workspace, integration_name, minutes_late, last_success, expected_by, judged_by, reason
FROM {{ source('braze_cdi', 'freshness') }}
WHERE late
