import { Command } from 'commander';
import { mentionsCommand } from './evaluate/mentions.js';
import { relatedCommand } from './evaluate/related.js';

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('score what the desk is told against what people have marked and editors did')
    .addCommand(mentionsCommand())
    .addCommand(relatedCommand());
}
