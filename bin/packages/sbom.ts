import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';

const projectFolder = resolve(__dirname, '..', '..');

const referenceSchema = z.looseObject({ type: z.string() });
const componentSchema = z.looseObject({ name: z.string(), externalReferences: z.array(referenceSchema) });
const bomSchema = z.looseObject({
  metadata: z.looseObject({ component: componentSchema }),
  components: z.array(componentSchema),
});

/**
 * `npm run sbom` writes the list of everything that a release contains, in the format CycloneDX, to
 * `.build/sbom.cdx.json`. The packages of development and tests are not in it.
 */
export function sbom(): z.infer<typeof bomSchema> {
  const text = execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--omit', 'dev'], {
    cwd: projectFolder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  const bom = bomSchema.parse(JSON.parse(text));
  return {
    ...bom,
    // npm names the project after its folder.
    metadata: { ...bom.metadata, component: { ...bom.metadata.component, name: 'coffield-workflows' } },
    // The addresses in the lock file name no registry, so a reader could not use them. The hashes identify the files.
    components: bom.components.map((component) => ({
      ...component,
      externalReferences: component.externalReferences.filter(({ type }) => type !== 'distribution'),
    })),
  };
}

if (require.main === module) {
  mkdirSync(join(projectFolder, '.build'), { recursive: true });
  writeFileSync(join(projectFolder, '.build', 'sbom.cdx.json'), `${JSON.stringify(sbom(), null, 2)}\n`);
}
