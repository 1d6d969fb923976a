<?php
// The keys are named in keys.json: what signs, and what is to sign one day.
$keys = json_decode(file_get_contents(getenv('IDP_FOLDER') . '/keys.json'), true);
$metadata[getenv('IDP_URL') . '/simplesaml/saml2/idp/metadata.php'] = $keys + [
    'host' => '__DEFAULT__',
    'auth' => 'directory',
    'signature.algorithm' => 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    'sign.logout' => true,
];
