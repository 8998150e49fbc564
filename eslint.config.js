import js from '@eslint/js'
import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

const pure = ['src-main/{kernel,engines,domain,ports,application,drawing,contract}/**/*.ts', 'src-protocol/**/*.ts']

const clockAndRandom = {
  'no-restricted-syntax': [
    'error',
    { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: 'Take the time from a Clock (ports/system); only adapters/system reads the real one.' },
    { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Take the time from a Clock (ports/system); only adapters/system reads the real one.' },
    { selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']", message: 'Use kernel/random.ts with a seed, or RandomBytes from ports/system.' },
    { selector: 'TSNonNullExpression', message: 'Say why it is there: narrow it, or throw.' },
  ],
}

export default tseslint.config(
  { ignores: ['out/**', 'demo-out/**', 'node_modules/**', 'coverage/**', '**/*.d.ts', 'test-results/**', 'dist/**'] },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      'no-undef': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      eqeqeq: 'error',
      'max-params': ['error', 3],
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 80, skipComments: true, skipBlankLines: true }],
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'vue/multi-word-component-names': 'off', 'vue/max-attributes-per-line': 'off', 'vue/singleline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off', 'vue/attributes-order': 'off', 'vue/html-indent': 'off', 'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off', 'vue/multiline-html-element-content-newline': 'off', 'vue/require-default-prop': 'off',
    },
  },
  { files: ['src-*/**/*.{ts,vue}'], ignores: ['src-main/adapters/system/**'], rules: clockAndRandom },
  // The conformance suite is a program; it lives beside the rules that it holds servers against.
  { files: pure, ignores: ['src-protocol/conformance/**'], rules: { 'no-restricted-globals': ['error', 'process', 'Buffer', 'window', 'document', 'fetch', 'setTimeout', 'setInterval', 'console'] } },
  // A describe block is one function that holds many small ones; its length says nothing.
  { files: ['test/**/*.ts'], rules: { 'max-lines-per-function': 'off', '@typescript-eslint/no-non-null-assertion': 'off' } },
  { files: ['**/*.{js,mjs,cjs}'], languageOptions: { globals: { process: 'readonly', console: 'readonly', module: 'writable', require: 'readonly', URL: 'readonly', setTimeout: 'readonly', fetch: 'readonly', Buffer: 'readonly' } }, rules: { '@typescript-eslint/no-require-imports': 'off' } },
)
