/**
 * CloudFront Function (runtime 2.0) in front of the dashboard's files. The dashboard is a single-page application, so
 * the path of each of its pages is answered with index.html. A path with an extension names a file and is left alone.
 * Requests to the API do not pass through this function.
 */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- CloudFront calls it by name
function handler(event) {
  const request = event.request;
  const name = request.uri.slice(request.uri.lastIndexOf('/') + 1);
  if (!name.includes('.')) request.uri = '/index.html';
  return request;
}
