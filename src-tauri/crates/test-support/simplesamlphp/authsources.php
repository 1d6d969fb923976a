<?php
// One user, with what a directory knows of her.
$user = json_decode(file_get_contents(getenv('IDP_FOLDER') . '/user.json'), true);
$config = [
    'admin' => ['core:AdminPassword'],
    'directory' => ['exampleauth:UserPass', 'student:studentpass' => $user],
];
