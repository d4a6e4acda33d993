#!/usr/bin/env node
import 'reflect-metadata';
import { run } from './command-line/run.js';

process.exitCode = await run(process.argv);
