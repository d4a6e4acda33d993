import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/** What the floors in test/house cannot see: habits of the house, each with what to do instead. */
const environment = {
  selector:
    'MemberExpression[object.name="process"][property.name="env"]:not(CallExpression[callee.name="readConfig"] > MemberExpression)',
  message: 'The environment is read in src/config.ts alone: hand process.env whole to readConfig().',
};
const clock = [
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'What time it is, the database says (`ctx.database.now`); to measure a span, use performance.now().',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0]',
    message: 'What time it is, the database says (`ctx.database.now`).',
  },
];
const typeorm = [
  {
    selector:
      'CallExpression[callee.property.name=/^(save|remove|softRemove|recover)$/][callee.object.property.name="manager"]',
    message: 'Say what is written: tx.manager.insert, update or delete, and see what was affected.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(getRepository|getTreeRepository|createQueryBuilder|query)$/][callee.object.property.name="manager"]',
    message: 'Reads are SQL through read() or tx.read(); writes are tx.manager.insert, update, delete, or tx.run().',
  },
];
const runners = {
  selector: 'CallExpression[callee.property.name="createQueryRunner"]',
  message: 'Query runners are made and given back in src/kernel alone: one that is not given back stops the pool.',
};
const house = [environment, ...clock, ...typeorm];

export default defineConfig(
  globalIgnores(['dist/', 'data/', 'coverage/']),
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'object-shorthand': 'error',
      'no-else-return': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A resolver, a handler or a step of a migration keeps its shape, whether or not it waits for something.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['src/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'node:process', message: 'Use the global `process`, and its environment through readConfig().' },
          ],
        },
      ],
      'no-restricted-syntax': ['error', ...house, runners],
    },
  },
  {
    files: ['src/kernel/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...house] },
  },
  {
    // Answers of the graph have the shape of what was asked: tests read them as they come.
    files: ['test/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
    },
  },
);
