/**
 * CloudFront Function (runtime 2.0) in front of the dashboard's files: an address of one of its pages is answered with
 * the page. What has an extension is a file, and is there or not. Requests of the API never come by here.
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const name = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (!name.includes('.')) request.uri = '/index.html';
  return request;
}
