package dev.runs.adapters.rpc.protocol;

import com.google.protobuf.Message;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A protocol that puts each message into an envelope and always answers 200. */
abstract sealed class Enveloped extends Exchange permits ConnectStream, Grpc, GrpcWeb {

  private final String encodingHeader;
  private final String acceptHeader;
  private final @Nullable String requestEncoding;
  private final Compression answerCompression;

  /**
   * @param encodingHeader how messages of one direction are compressed
   * @param acceptHeader how those of the other may be
   */
  Enveloped(
      HttpServletRequest request,
      HttpServletResponse response,
      Codec codec,
      Message emptyRequest,
      int mostBytes,
      String encodingHeader,
      String acceptHeader) {
    super(request, response, codec, emptyRequest, mostBytes);
    this.encodingHeader = encodingHeader;
    this.acceptHeader = acceptHeader;
    this.requestEncoding = request.getHeader(encodingHeader);
    this.answerCompression = Compression.ofAnswer(requestEncoding, request.getHeader(acceptHeader));
  }

  /** The media type of the answer, which is that of the request. */
  abstract String mediaType();

  @Override
  void open() {
    response.setStatus(HttpServletResponse.SC_OK);
    response.setContentType(mediaType());
    response.setHeader(acceptHeader, Compression.SUPPORTED);
    if (answerCompression != Compression.IDENTITY) {
      response.setHeader(encodingHeader, answerCompression.wireName());
    }
  }

  @Override
  void show() throws IOException {
    response.flushBuffer();
  }

  @Override
  void check() {
    Compression.ofRequest(requestEncoding);
  }

  @Override
  Optional<Message> read() throws IOException {
    return Envelope.read(request.getInputStream(), mostBytes).map(this::message);
  }

  private Message message(Envelope envelope) {
    var compression = Compression.IDENTITY;
    if (envelope.flags() == Envelope.COMPRESSED) {
      compression = Compression.ofRequest(requestEncoding);
      if (compression == Compression.IDENTITY) {
        throw new RpcException(RpcCode.INTERNAL, "a message is compressed, and no header says how");
      }
    } else if (envelope.flags() != 0) {
      throw new RpcException(
          RpcCode.INVALID_ARGUMENT, "a message has unknown flags: " + envelope.flags());
    }
    return codec.read(compression.decompress(envelope.payload(), mostBytes), emptyRequest);
  }

  @Override
  void write(Message answer, boolean isFlushed) throws IOException {
    var bytes = codec.write(answer);
    var isCompressed =
        answerCompression != Compression.IDENTITY && bytes.length >= Compression.WORTH_IT;
    var envelope =
        isCompressed
            ? new Envelope(Envelope.COMPRESSED, answerCompression.compress(bytes))
            : new Envelope(0, bytes);
    response.getOutputStream().write(envelope.bytes());
    if (isFlushed) {
      response.getOutputStream().flush();
    }
  }

  /** What is told at the end beside how it went. */
  static Map<String, String> withThoseOf(
      @Nullable RpcException failure, Map<String, String> trailers) {
    var all = new LinkedHashMap<>(trailers);
    if (failure != null) {
      all.putAll(failure.metadata());
    }
    return all;
  }
}
