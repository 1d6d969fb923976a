<?php
// SimpleSAMLphp as the tests run it: below the folder in IDP_FOLDER, at the address in IDP_URL.
$folder = getenv('IDP_FOLDER');
$config = [
    'baseurlpath' => getenv('IDP_URL') . '/simplesaml/',
    'certdir' => $folder . '/cert/',
    'loggingdir' => $folder . '/log/',
    'datadir' => $folder . '/data/',
    'tempdir' => $folder . '/data',
    'metadatadir' => __DIR__ . '/metadata',
    'secretsalt' => 'of a test that protects nothing',
    'auth.adminpassword' => 'of a test that protects nothing',
    'timezone' => 'UTC',
    'logging.handler' => 'file',
    'logging.level' => 6,
    'enable.saml20-idp' => true,
    'store.type' => 'phpsession',
    'session.phpsession.savepath' => $folder . '/data',
    'session.cookie.secure' => false,
    'metadata.sources' => [['type' => 'flatfile', 'directory' => __DIR__ . '/metadata']],
    'module.enable' => ['exampleauth' => true, 'core' => true, 'saml' => true],
    'language.default' => 'en',
];
