<?php
// The service that signs in here: its values and how it wants to be answered.
$service = json_decode(file_get_contents(getenv('IDP_FOLDER') . '/service.json'), true);
$metadata[$service['entity_id']] = $service['settings'];
