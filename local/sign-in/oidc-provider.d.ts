// The package's entry point prints a warning on Node 20, although it works there. Importing the class does not.
declare module 'oidc-provider/lib/provider.js' {
  export { default as Provider } from 'oidc-provider';
}
