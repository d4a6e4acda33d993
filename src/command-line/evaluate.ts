import { Command } from 'commander';
import { mentionsCommand } from './evaluate/mentions.js';

export function evaluateCommand(): Command {
  return new Command('evaluate')
    .description('score what the desk is told against what people have marked')
    .addCommand(mentionsCommand());
}
