#!/usr/bin/env node
import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { releaseIn } from './command-line/release.js';
import { run } from './command-line/run.js';

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

process.exitCode = await run(process.argv, version, () => `${version} ${releaseIn(import.meta.dirname)}`);
