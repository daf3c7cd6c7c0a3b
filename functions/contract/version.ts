/** The release, as every door, client and User-Agent names it. A test holds it equal to package.json. */
export const productVersion = '0.2.0';
