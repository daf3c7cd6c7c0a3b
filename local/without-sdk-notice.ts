// Turns off the AWS SDK's notice that its next versions need Node 22: the one that package-lock.json pins does not, and
// whoever runs a command can do nothing about it. Child processes inherit the variable. docs/deploy.md says what follows.
process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
