/**
 * `*` stands for any number of characters and `?` for exactly one:
 * docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html
 */
export function pathPattern(pattern: string): RegExp {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  // A line feed is a character like any other, and an id in a path may hold one.
  return new RegExp(`^${source}$`, 's');
}
