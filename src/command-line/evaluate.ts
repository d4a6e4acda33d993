import { Command } from 'commander';
import { relatedCommand } from './evaluate/related.js';

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('measure what the desk suggests, in a database made for it, against what editors did')
    .addCommand(relatedCommand());
}
