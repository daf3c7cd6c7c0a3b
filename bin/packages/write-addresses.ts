import { writeAddresses } from './lock';

/**
 * `npm run lock` gives each package in package-lock.json the address of its file, where npm left it out or named the
 * registry of one machine. npm verifies the file by its hash, wherever it comes from.
 */
writeAddresses();
