// The published clients of Connect, gRPC and gRPC-Web against the probe of ProbeServer.
// PROBE_URL says where it listens, PROBE_DESCRIPTORS names the file of its message types.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, test } from 'node:test';
import { create, createFileRegistry, fromBinary, toBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { Code, ConnectError, createClient } from '@connectrpc/connect';
import * as node from '@connectrpc/connect-node';
import * as web from '@connectrpc/connect-web';
import grpc from '@grpc/grpc-js';

const baseUrl = process.env.PROBE_URL;
const registry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(process.env.PROBE_DESCRIPTORS)),
);
const service = registry.getService('probe.ProbeService');
const badRequest = registry.getMessage('google.rpc.BadRequest');
const sessions = [];

/** One connection of HTTP/2 for a transport, closed at the end. */
function session() {
  const manager = new node.Http2SessionManager(baseUrl);
  sessions.push(manager);
  return manager;
}

after(() => sessions.forEach((manager) => manager.abort()));

const transports = {
  'Connect, HTTP/2, binary': node.createConnectTransport({
    baseUrl, httpVersion: '2', useBinaryFormat: true, sessionManager: session() }),
  'Connect, HTTP/2, JSON, GET': node.createConnectTransport({
    baseUrl, httpVersion: '2', useBinaryFormat: false, useHttpGet: true, sessionManager: session() }),
  'Connect, HTTP/1.1, JSON': node.createConnectTransport({
    baseUrl, httpVersion: '1.1', useBinaryFormat: false }),
  'Connect, HTTP/1.1, binary, GET': node.createConnectTransport({
    baseUrl, httpVersion: '1.1', useBinaryFormat: true, useHttpGet: true }),
  'Connect, HTTP/1.1, compressed': node.createConnectTransport({
    baseUrl, httpVersion: '1.1', useBinaryFormat: true,
    sendCompression: node.compressionGzip, acceptCompression: [node.compressionGzip] }),
  'gRPC, HTTP/2': node.createGrpcTransport({ baseUrl, sessionManager: session() }),
  'gRPC, HTTP/2, JSON': node.createGrpcTransport({
    baseUrl, useBinaryFormat: false, sessionManager: session() }),
  'gRPC, HTTP/2, compressed': node.createGrpcTransport({
    baseUrl, sendCompression: node.compressionGzip, acceptCompression: [node.compressionGzip],
    sessionManager: session() }),
  'gRPC-Web, HTTP/1.1': node.createGrpcWebTransport({ baseUrl, httpVersion: '1.1' }),
  'gRPC-Web, HTTP/2': node.createGrpcWebTransport({
    baseUrl, httpVersion: '2', sessionManager: session() }),
  'Connect of browsers, JSON': web.createConnectTransport({ baseUrl }),
  'Connect of browsers, binary, GET': web.createConnectTransport({
    baseUrl, useBinaryFormat: true, useHttpGet: true }),
  'gRPC-Web of browsers': web.createGrpcWebTransport({ baseUrl }),
};

async function failureOf(promise) {
  try {
    await promise;
  } catch (failure) {
    return ConnectError.from(failure);
  }
  throw new assert.AssertionError({ message: 'it did not fail' });
}

async function all(stream) {
  const numbers = [];
  for await (const answer of stream) {
    numbers.push(Number(answer.number));
  }
  return numbers;
}

for (const [name, transport] of Object.entries(transports)) {
  const client = createClient(service, transport);
  const isHttp2 = name.includes('HTTP/2');

  test(`${name}: answers one with one`, async () => {
    const answer = await client.echo({ text: 'né', number: 7n, bytes: new Uint8Array([255, 0]) });
    assert.equal(answer.text, 'né');
    assert.equal(answer.number, 7n);
    assert.deepEqual([...answer.bytes], [255, 0]);
    assert.equal(answer.principal, 'key:probe');
  });

  test(`${name}: carries large messages`, async () => {
    const text = 'x'.repeat(60_000);
    assert.equal((await client.shout({ text })).text, text);
  });

  test(`${name}: tells every failure with its message and its headers`, async () => {
    for (let code = 1; code <= 16; code++) {
      const failure = await failureOf(client.fail({ code, message: 'né % 100' }));
      assert.equal(failure.code, code);
      assert.equal(failure.rawMessage, 'né % 100');
      assert.equal(failure.metadata.get('retry-after'), '7');
    }
  });

  test(`${name}: names the field of a broken rule`, async () => {
    const failure = await failureOf(client.echo({ number: -1n }));
    assert.equal(failure.code, Code.InvalidArgument);
    assert.match(failure.rawMessage, /^number: /);
    const [detail] = failure.findDetails(badRequest);
    assert.equal(detail.fieldViolations[0].field, 'number');
  });

  test(`${name}: refuses who lacks the scope`, async () => {
    const failure = await failureOf(client.echo({}, { headers: { 'X-Scopes': 'nothing' } }));
    assert.equal(failure.code, Code.PermissionDenied);
  });

  test(`${name}: refuses a message that is too large`, async () => {
    const failure = await failureOf(client.shout({ text: 'x'.repeat(200_000) }));
    assert.equal(failure.code, Code.ResourceExhausted);
  });

  test(`${name}: streams all answers in their order`, async () => {
    const numbers = await all(client.count({ to: 500, padding: 2_000 }));
    assert.deepEqual(numbers, Array.from({ length: 500 }, (_, index) => index + 1));
  });

  test(`${name}: tells how a stream failed after its answers`, async () => {
    const numbers = [];
    const failure = await failureOf((async () => {
      for await (const answer of client.count({ to: 3, code: Code.Aborted })) {
        numbers.push(Number(answer.number));
      }
    })());
    assert.deepEqual(numbers, [1, 2, 3]);
    assert.equal(failure.code, Code.Aborted);
    assert.equal(failure.rawMessage, 'counted enough');
  });

  test(`${name}: ends a stream at its deadline`, async () => {
    const failure = await failureOf(all(client.wait({ id: 'late' }, { timeoutMs: 300 })));
    assert.equal(failure.code, Code.DeadlineExceeded);
  });

  test(`${name}: goes on after a stream was left`, async () => {
    const leaving = new AbortController();
    for await (const answer of client.wait({ id: 'left' }, { signal: leaving.signal })) {
      assert.equal(answer.number, 1n);
      break;
    }
    leaving.abort();
    assert.equal((await client.echo({ text: 'still here' })).text, 'still here');
  });

  if (isHttp2) {
    test(`${name}: gathers requests, and lets both sides talk`, async () => {
      async function* numbers() {
        yield { number: 2n };
        yield { number: 40n };
      }
      assert.equal((await client.sum(numbers())).number, 42n);
      assert.deepEqual(await all(client.runningSum(numbers())), [2, 42]);
    });
  }
}

function definition(method) {
  return {
    path: `/${service.typeName}/${method.name}`,
    requestStream: method.methodKind.startsWith('client') || method.methodKind === 'bidi_streaming',
    responseStream: method.methodKind.startsWith('server') || method.methodKind === 'bidi_streaming',
    requestSerialize: (message) => Buffer.from(toBinary(method.input, message)),
    requestDeserialize: (bytes) => fromBinary(method.input, bytes),
    responseSerialize: (message) => Buffer.from(toBinary(method.output, message)),
    responseDeserialize: (bytes) => fromBinary(method.output, bytes),
  };
}

const Probe = grpc.makeGenericClientConstructor(
  Object.fromEntries(service.methods.map((method) => [method.localName, definition(method)])),
  'probe.ProbeService',
);
const js = new Probe(new URL(baseUrl).host, grpc.credentials.createInsecure());
after(() => js.close());

function call(method, init) {
  return new Promise((resolve, reject) =>
    js[method](create(service.method[method].input, init), (failure, answer) =>
      failure ? reject(failure) : resolve(answer)));
}

test('grpc-js: answers, fails and names fields', async () => {
  assert.equal((await call('echo', { text: 'hi' })).text, 'hi');
  for (let code = 1; code <= 16; code++) {
    await assert.rejects(
      call('fail', { code, message: 'né' }), (failure) =>
        failure.code === code && failure.details === 'né'
        && failure.metadata.get('retry-after')[0] === '7');
  }
  await assert.rejects(call('echo', { number: -1n }), (failure) =>
    failure.code === grpc.status.INVALID_ARGUMENT
    && failure.metadata.get('grpc-status-details-bin').length === 1);
  await assert.rejects(call('fail', { code: 13 }), (failure) => failure.code === 13);
});

test('grpc-js: streams, and leaves', async () => {
  const numbers = [];
  const counted = js.count(create(service.method.count.input, { to: 100 }));
  for await (const answer of counted) {
    numbers.push(Number(answer.number));
  }
  assert.equal(numbers.length, 100);

  const waiting = js.wait(create(service.method.wait.input, { id: 'grpc-js' }));
  await new Promise((resolve) => waiting.once('data', resolve));
  const left = new Promise((resolve) => waiting.once('error', resolve));
  waiting.cancel();
  assert.equal((await left).code, grpc.status.CANCELLED);
});

test('grpc-js: both sides talk', async () => {
  const talk = js.runningSum();
  const answers = [];
  talk.on('data', (answer) => answers.push(Number(answer.number)));
  const ended = new Promise((resolve, reject) => talk.once('end', resolve).once('error', reject));
  talk.write(create(service.method.runningSum.input, { number: 2n }));
  talk.write(create(service.method.runningSum.input, { number: 40n }));
  talk.end();
  await ended;
  assert.deepEqual(answers, [2, 42]);
});
