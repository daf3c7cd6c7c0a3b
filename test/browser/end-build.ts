export { endBuild as default } from './begin-build';
