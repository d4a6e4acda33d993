import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { validateXML } from 'xmllint-wasm';

/** Where the schemas of the standards lie: beside the project, or where STANDARDS_DIR says. */
const standardsDir = resolve(process.env.STANDARDS_DIR ?? join(__dirname, '../../../shared/standards'));

export const hasStandards = existsSync(join(standardsDir, 'ninjs'));

const standard = (path: string): string => readFileSync(join(standardsDir, path), 'utf8');

/** Says what is wrong with a document of ninjs, by the IPTC's own schema of a version. */
export function ninjsChecker(version: '3.2' | '2.1'): (document: unknown) => string[] {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  ajv.addSchema(JSON.parse(standard('ninjs/GeoJSON-schema.json')) as object, 'https://geojson.org/schema/GeoJSON.json');
  const check = ajv.compile(JSON.parse(standard(`ninjs/ninjs-schema_${version}.json`)) as object);
  return (document) => {
    if (check(document)) return [];
    return (check.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
    );
  };
}

interface Schemas {
  schema: string;
  /** What it imports, by the names it imports it under. */
  imported: Record<string, string>;
}

export const newsmlSchemas: Schemas = {
  schema: 'newsml-g2/specification/NewsML-G2_2.35-spec-All-Power.xsd',
  imported: { 'xml.xsd': 'newsml-g2/specification/xml.xsd' },
};

const sitemap = 'sitemap/main/resources/';
export const sitemapSchemas: Schemas = {
  schema: 'sitemap/combined.xsd',
  imported: Object.fromEntries(
    ['sitemap', 'sitemap-news', 'sitemap-image'].map((name) => [`main/resources/${name}.xsd`, `${sitemap}${name}.xsd`]),
  ),
};
export const sitemapIndexSchemas: Schemas = { schema: `${sitemap}siteindex.xsd`, imported: {} };

/** Says what is wrong with documents of XML, each named by its place. */
export async function xmlProblems(documents: readonly string[], { schema, imported }: Schemas): Promise<string[]> {
  const { errors } = await validateXML({
    xml: documents.map((contents, i) => ({ fileName: `${i}.xml`, contents })),
    schema: { fileName: 'schema.xsd', contents: standard(schema) },
    preload: Object.entries(imported).map(([fileName, path]) => ({ fileName, contents: standard(path) })),
    initialMemoryPages: 1_024,
    maxMemoryPages: 16_384,
  });
  return errors.map(({ message }) => message);
}
