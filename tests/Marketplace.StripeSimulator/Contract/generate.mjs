// Writes stripe-contract.json: what Stripe's own TypeScript declarations say of the endpoints that the simulator plays.
// Run by hand (npm install && npm run generate), never by a build.
//
// A shape is one of
//   {"type": "string" | "number" | "boolean" | "any"}         "empty": true  where '' unsets the parameter
//   {"enum": ["card", ...]}                                   "nullable": true  where an answer may hold null
//   {"map": shape}   {"array": shape}   {"anyOf": [shape, ...]}   {"ref": "PaymentIntentCreateParams.Shipping"}
// and a definition is {"fields": {name: shape}, "required": [name, ...]}. Resources that no endpoint here answers with are "any", and so is
// what belongs to a payment method that the simulator does not play.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const here = dirname(fileURLToPath(import.meta.url));
const sdk = join(here, 'node_modules', 'stripe');
const resources = join(sdk, 'esm', 'resources');

const played = ['alipay', 'card', 'customer_balance', 'link', 'sepa_debit', 'us_bank_account', 'wechat_pay'];
const endpoints = `
POST /v1/customers                    GET /v1/customers/{}                  GET /v1/customers
GET  /v1/payment_methods/{}           GET /v1/payment_methods               POST /v1/payment_methods/{}/attach
POST /v1/payment_methods              POST /v1/payment_methods/{}/detach
POST /v1/setup_intents                GET /v1/setup_intents/{}              POST /v1/setup_intents/{}/confirm
GET  /v1/setup_intents                POST /v1/setup_intents/{}/cancel
POST /v1/payment_intents              GET /v1/payment_intents/{}            GET /v1/payment_intents
POST /v1/payment_intents/{}/confirm   POST /v1/payment_intents/{}/cancel
GET  /v1/charges/{}                   GET /v1/charges
POST /v1/checkout/sessions            GET /v1/checkout/sessions/{}          GET /v1/checkout/sessions
POST /v1/checkout/sessions/{}/expire
POST /v1/refunds                      GET /v1/refunds/{}                    GET /v1/refunds
GET  /v1/disputes/{}                  GET /v1/disputes
POST /v1/invoiceitems                 GET /v1/invoiceitems/{}
POST /v1/invoices                     GET /v1/invoices/{}                   GET /v1/invoices
POST /v1/invoices/{}/finalize         POST /v1/invoices/{}/pay              POST /v1/invoices/{}/void
POST /v1/invoices/{}/add_lines         GET /v1/invoice_payments
POST /v1/transfers                    GET /v1/transfers/{}                  GET /v1/transfers
POST /v1/transfers/{}/reversals       GET /v1/transfers/{}/reversals        GET /v1/transfers/{}/reversals/{}
GET  /v1/balance                      GET /v1/balance_transactions          GET /v1/balance_transactions/{}
GET  /v1/payouts                      GET /v1/payouts/{}
GET  /v1/events                       GET /v1/events/{}
GET  /v1/account                      GET /v1/accounts/{}
POST /v2/core/accounts                GET /v2/core/accounts/{}              POST /v2/core/account_links
`.match(/(GET|POST) +\S+/g).map(e => e.replace(/ +/, ' '));

const declarations = files(resources).filter(f => f.endsWith('.d.ts'));
const program = ts.createProgram(declarations, { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, strict: true, skipLibCheck: true, types: [] });
const checker = program.getTypeChecker();

/** Every payment method type there is, as the parameter that allows them lists them. */
const methods = new Set(/type AllowedPaymentMethodType = (.+);/.exec(readFileSync(join(resources, 'PaymentIntents.d.ts'), 'utf8'))[1].match(/\w+(?=')/g));
const definitions = {};
const names = new Map(); // type → name
const answered = new Set(); // names of resources that an endpoint here answers with
const found = Object.fromEntries(endpoints.map(e => [e, null]));

for (const file of declarations) {
  const paths = requests(file.replace(/\.d\.ts$/, '.js'));
  for (const type of program.getSourceFile(file).statements.filter(ts.isClassDeclaration)) {
    for (const method of type.members.filter(ts.isMethodDeclaration)) {
      for (const endpoint of paths[`${type.name.text}.${method.name.getText()}`] ?? []) {
        if (endpoint in found && !(found[endpoint] && method.name.getText() !== 'retrieveCurrent')) found[endpoint] = method;
      }
    }
  }
}

const missing = endpoints.filter(e => !found[e]);
if (missing.length > 0) throw new Error(`stripe does not know ${missing.join(', ')}`);

for (const method of Object.values(found)) answered.add(typeName(answerOf(method).type));
const contract = endpoints.map(endpoint => {
  const [method, path] = endpoint.split(' ');
  const parameters = found[endpoint].parameters.find(p => p.name.getText() === 'params');
  const answer = answerOf(found[endpoint]);
  return {
    method,
    path,
    parameters: parameters ? shapeOf(withoutUndefined(checker.getTypeAtLocation(parameters))).ref : null,
    answer: shapeOf(answer.type).ref,
    list: answer.list,
  };
});

while (mergeTwins() > 0) { /* until no two definitions say the same */ }

const lines = (entries) => entries.map(e => `    ${e}`).join(',\n');
writeFileSync(join(here, 'stripe-contract.json'), `{
  "source": "npm stripe@${JSON.parse(readFileSync(join(sdk, 'package.json'))).version}",
  "apiVersion": "${/ApiVersion = '([^']+)'/.exec(readFileSync(join(sdk, 'esm', 'apiVersion.js'), 'utf8'))[1]}",
  "endpoints": [
${lines(contract.map(e => JSON.stringify(e)))}
  ],
  "definitions": {
${lines(Object.keys(definitions).sort().map(n => `${JSON.stringify(n)}: ${JSON.stringify(definitions[n])}`))}
  }
}
`);

/** What a method answers with: one, or a list of them. */
function answerOf(method) {
  const type = checker.getTypeAtLocation(method.type);
  const name = method.type.typeName.text;
  const argument = (type.aliasTypeArguments ?? checker.getTypeArguments(type))[0];
  if (name !== 'Promise') return { type: argument, list: true };
  // Promise<Response<T>>, where Response<T> is T and a lastResponse.
  const one = checker.getTypeAtLocation(method.type.typeArguments[0].typeArguments[0]);
  // A customer may be a deleted one; nothing here deletes. An event is one of hundreds of types: whoever reads one says which.
  return { type: one.isUnion() ? one.types.find(t => typeName(t) === 'Customer') ?? one : one, list: false };
}

/** Class.method → ["POST /v1/…"], as the SDK's JavaScript sends them. */
function requests(file) {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true);
  const result = {};
  for (const type of source.statements.filter(ts.isClassDeclaration)) {
    for (const method of type.members.filter(ts.isMethodDeclaration)) {
      const body = method.body.getText();
      const sent = [...body.matchAll(/_makeRequest\('(\w+)', ['`]([^'`]+)['`]/g)];
      result[`${type.name.text}.${method.name.getText()}`] = sent.map(m => `${m[1]} ${m[2].replace(/\$\{[^}]+\}/g, '{}')}`);
    }
  }
  return result;
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).filter(f => f.isFile()).map(f => join(f.parentPath ?? f.path, f.name)).sort();
}

function withoutUndefined(type) {
  return type.isUnion() && type.types.some(t => t.flags & ts.TypeFlags.Undefined) ? checker.getNonNullableType(type) : type;
}

function shapeOf(type) {
  const parts = (type.isUnion() ? type.types : [type]).filter(t => !(t.flags & ts.TypeFlags.Undefined));
  const nullable = parts.some(t => t.flags & ts.TypeFlags.Null);
  const literals = parts.filter(t => t.flags & ts.TypeFlags.StringLiteral).map(t => t.value);
  const rest = parts.filter(t => !(t.flags & (ts.TypeFlags.Null | ts.TypeFlags.StringLiteral)) && !isOtherString(t));
  const shapes = [];
  const words = literals.filter(l => l !== '').sort();
  if (words.length > 0) shapes.push({ enum: words });
  if (rest.some(t => t.flags & ts.TypeFlags.BooleanLike)) shapes.push({ type: 'boolean' });
  for (const t of rest.filter(t => !(t.flags & ts.TypeFlags.BooleanLike))) shapes.push(simple(t));
  const distinct = [...new Map(shapes.map(s => [JSON.stringify(s), s])).values()];
  const shape = distinct.length === 0 ? { type: 'string' } : distinct.length === 1 ? { ...distinct[0] } : { anyOf: distinct };
  if (literals.includes('')) shape.empty = true;
  if (nullable) shape.nullable = true;
  return shape;
}

/** `string & {}`: a word that a later version of the API may add to an enum. */
function isOtherString(type) {
  return type.isIntersection();
}

function simple(type) {
  if (type.flags & ts.TypeFlags.StringLike) return { type: 'string' };
  if (type.flags & ts.TypeFlags.NumberLike) return { type: 'number' };
  if (checker.isArrayType(type)) return { array: shapeOf(checker.getTypeArguments(type)[0]) };
  const name = typeName(type);
  if (name === 'Decimal' || name === 'Date') return { type: 'string' };
  if (name === 'ApiList') return { list: shapeOf(checker.getTypeArguments(type)[0]) };
  const index = checker.getIndexInfoOfType(type, ts.IndexKind.String);
  if (index) return { map: shapeOf(index.type) };
  if (!(type.flags & ts.TypeFlags.Object)) return { type: 'any' };
  return isOtherResource(type) ? { type: 'any' } : { ref: define(type, name) };
}

/** Has an `object` of its own, or is deleted, and nothing here answers with it. */
function isOtherResource(type) {
  const object = type.getProperty('object');
  const literal = object && checker.getTypeOfSymbol(object).flags & ts.TypeFlags.StringLiteral;
  return literal && type.getProperty('id') && !answered.has(typeName(type));
}

/** Gives definitions that say the same one name. How many went? */
function mergeTwins() {
  const first = new Map();
  const twin = {};
  for (const name of Object.keys(definitions).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))) {
    const said = JSON.stringify(definitions[name]);
    if (first.has(said)) { twin[name] = first.get(said); delete definitions[name]; } else first.set(said, name);
  }
  const rename = (key, value) => (key === 'ref' || key === 'parameters' || key === 'answer') && typeof value === 'string' ? twin[value] ?? value : value;
  for (const name of Object.keys(definitions)) definitions[name] = JSON.parse(JSON.stringify(definitions[name], rename));
  for (const endpoint of contract) Object.assign(endpoint, JSON.parse(JSON.stringify(endpoint, rename)));
  return Object.keys(twin).length;
}

function typeName(type) {
  const symbol = type.aliasSymbol ?? type.symbol;
  const name = [];
  for (let s = symbol; s && s.name !== '__type' && !(s.flags & ts.SymbolFlags.ValueModule && s.valueDeclaration?.kind === ts.SyntaxKind.SourceFile); s = s.parent) {
    name.unshift(s.name);
  }
  const file = symbol?.declarations?.[0]?.getSourceFile().fileName ?? '';
  const area = /resources\/(V2\/.+\/)/.exec(file);
  return (area && name[0] !== 'V2' ? area[1].replaceAll('/', '.') : '') + name.join('.');
}

function define(type, name) {
  const known = names.get(type);
  if (known) return known;
  let free = name;
  for (let n = 2; [...names.values()].includes(free); n++) free = `${name}#${n}`;
  names.set(type, free);
  const fields = {};
  const required = [];
  const byMethod = type.getProperty('card') && type.getProperty('alipay');
  for (const property of checker.getPropertiesOfType(type)) {
    const ofMethod = byMethod && checker.getTypeOfSymbol(property).getNonNullableType().flags & ts.TypeFlags.Object;
    if (ofMethod && methods.has(property.name) && !played.includes(property.name)) { fields[property.name] = { type: 'any' }; continue; }
    if (property.name === 'expand' && name.endsWith('Params')) { fields.expand = { array: { type: 'string' } }; continue; }
    fields[property.name] = shapeOf(checker.getTypeOfSymbol(property));
    if (!(property.flags & ts.SymbolFlags.Optional)) required.push(property.name);
  }
  definitions[free] = { fields, required };
  return free;
}
