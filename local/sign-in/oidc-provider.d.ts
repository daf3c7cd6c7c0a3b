// The package's entry warns about Node 20, on which it works; the class itself does not.
declare module 'oidc-provider/lib/provider.js' {
  export { default as Provider } from 'oidc-provider';
}
