/** A context that uses every option of a deployment. */
export const everyOption = {
  domainName: 'workflows.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
  webAclArn: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/WebAcl-x1/0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0',
  alarmEmail: 'ops@example.com',
  encryption: 'customer',
  egress: 'fixed',
};
