package dev.runs.adapters.persistence;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Says whether Docker is there by connecting to it, before any class of Testcontainers is loaded:
 * its own search writes errors into the log, and a {@code docker} on the path proves nothing.
 */
final class DockerSocket {

  private static final String USUAL = "unix:///var/run/docker.sock";
  private static final int LONGEST_MILLIS = 1_000;

  private DockerSocket() {}

  static boolean answers() {
    var address = URI.create(Optional.ofNullable(System.getenv("DOCKER_HOST")).orElse(USUAL));
    try {
      return "unix".equals(address.getScheme())
          ? answers(Path.of(address.getPath()))
          : answers(address.getHost(), address.getPort());
    } catch (IOException | RuntimeException e) {
      // whatever is wrong with it, there is no Docker to be had
      return false;
    }
  }

  private static boolean answers(Path socket) throws IOException {
    try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      return channel.isConnected();
    }
  }

  private static boolean answers(String host, int port) throws IOException {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), LONGEST_MILLIS);
      return socket.isConnected();
    }
  }
}
