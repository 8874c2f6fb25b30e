package io.github.dotagent.agent;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.security.AllPermission;
import java.security.CodeSource;
import java.security.Permissions;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.Collections;
import java.util.Enumeration;
import java.util.concurrent.Callable;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Loads all classes of the agent that the application must not see, from a prefix of the agent's
 * jar where no other loader looks. Classes under the prefix win over the parent: on a module path
 * the platform loader also finds the application's modules (BuiltinClassLoader), and with them its
 * dnsjava. Safe for use by any number of threads.
 *
 * <p>Once the agent has started it reads the classes that may still be needed into memory ({@link
 * #call}): a new jar that is copied over the old one changes the open file.
 */
final class IsolatedLoader extends ClassLoader implements Callable<Long> {
  private static final String PREFIX = "io/github/dotagent/isolated/";

  /**
   * Not {@code .class}, so that class-path scanners do not take them for the application's classes.
   */
  private static final String CLASS_SUFFIX = ".classdata";

  /** Packages of the command line, which runs in a JVM of its own that ends soon. */
  private static final String[] OF_COMMANDS = {
    "io/github/dotagent/agent/cli/", "picocli/", "com/google/gson/", "sun/"
  };

  /** The visible classes that may be needed for the first time much later. */
  private static final String[] VISIBLE_LATER = {
    "io.github.dotagent.agent.AttachReport",
    "io.github.dotagent.agent.IsolatedLoader$EntryHandler",
    "io.github.dotagent.agent.IsolatedLoader$EntryHandler$1",
  };

  static {
    registerAsParallelCapable();
  }

  /** Not a JarFile, which reads the manifest and would verify what is not signed. */
  private final ZipFile jar;

  private final String[] layers;
  private final ProtectionDomain domain;
  private volatile EntriesInMemory inMemory; // null: read from the jar

  private IsolatedLoader(
      ZipFile jar, String[] layers, ProtectionDomain domain, ClassLoader parent) {
    super(parent);
    this.jar = jar;
    this.layers = layers;
    this.domain = domain;
  }

  static IsolatedLoader ofThisJvm(File jar) throws IOException {
    Permissions all = new Permissions();
    all.add(new AllPermission()); // under a SecurityManager the agent may still use its files
    CodeSource source = new CodeSource(jar.toURI().toURL(), (Certificate[]) null);
    return new IsolatedLoader(
        new ZipFile(jar),
        layersFor(System.getProperty("java.specification.version")),
        new ProtectionDomain(source, all),
        platform());
  }

  /**
   * The layers that a Java release reads, the newest first: Caffeine 3 from 11 on, the provider
   * from 18 on.
   */
  static String[] layersFor(String specificationVersion) {
    int version =
        specificationVersion.startsWith("1.") // as Java 8 spells it
            ? Integer.parseInt(specificationVersion.substring(2))
            : Integer.parseInt(specificationVersion);
    if (version >= 18) {
      return new String[] {"18/", "11/", "8/"};
    }
    return version >= 11 ? new String[] {"11/", "8/"} : new String[] {"8/"};
  }

  /** The topmost parent of the system loader: platform from Java 9 on, extensions on 8. */
  static ClassLoader platform() {
    ClassLoader loader = getSystemClassLoader();
    while (loader.getParent() != null) {
      loader = loader.getParent();
    }
    return loader;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.startsWith("java.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = define(name);
      }
      return loaded == null ? super.loadClass(name, resolve) : loaded;
    }
  }

  /**
   * Reads all classes of the agent that are not loaded yet into memory. From then on nothing is
   * read from the jar.
   *
   * @return how many octets that takes
   * @throws IOException if the jar has changed
   */
  @Override
  public Long call() throws IOException {
    for (String later : VISIBLE_LATER) {
      try {
        Class.forName(later, true, IsolatedLoader.class.getClassLoader());
      } catch (ClassNotFoundException | LinkageError changed) {
        throw new IOException(later + " cannot be loaded: " + changed, changed);
      }
    }
    EntriesInMemory taken = new EntriesInMemory();
    for (String layer : layers) {
      String prefix = PREFIX + layer;
      for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        if (entry.getName().startsWith(prefix) && !entry.isDirectory()) {
          String path = entry.getName().substring(prefix.length());
          if (!taken.has(path) && isNeeded(path)) {
            taken.put(path, read(entry));
          }
        }
      }
    }
    inMemory = taken;
    return taken.octets();
  }

  private boolean isNeeded(String path) {
    for (String ofCommands : OF_COMMANDS) {
      if (path.startsWith(ofCommands)) {
        return false;
      }
    }
    if (!path.endsWith(CLASS_SUFFIX) || path.startsWith("java/")) {
      return true; // classes of java.net are defined elsewhere, from this jar
    }
    String name = path.substring(0, path.length() - CLASS_SUFFIX.length()).replace('/', '.');
    return findLoadedClass(name) == null;
  }

  /** Null if the jar has no such class for this loader. */
  private Class<?> define(String name) throws ClassNotFoundException {
    try {
      byte[] octets = octets(name.replace('.', '/') + CLASS_SUFFIX);
      return octets == null ? null : defineClass(name, octets, 0, octets.length, domain);
    } catch (IOException unreadable) {
      throw new ClassNotFoundException(name + " in " + jar.getName(), unreadable);
    }
  }

  /** Null when there is no such entry in any layer. */
  private byte[] octets(String path) throws IOException {
    EntriesInMemory taken = inMemory;
    if (taken != null) {
      return taken.get(path);
    }
    ZipEntry entry = entry(path);
    return entry == null ? null : read(entry);
  }

  private ZipEntry entry(String path) {
    for (String layer : layers) {
      ZipEntry entry = jar.getEntry(PREFIX + layer + path);
      if (entry != null) {
        return entry;
      }
    }
    return null;
  }

  /**
   * Checks the octets: if another jar was copied over this one, other octets are in their place.
   */
  private byte[] read(ZipEntry entry) throws IOException {
    byte[] octets = new byte[(int) entry.getSize()];
    try (InputStream in = jar.getInputStream(entry)) {
      int length = 0;
      while (length < octets.length) {
        int read = in.read(octets, length, octets.length - length);
        if (read < 0) {
          throw new EOFException(entry.getName());
        }
        length += read;
      }
    }
    CRC32 sum = new CRC32();
    sum.update(octets, 0, octets.length);
    if (sum.getValue() != entry.getCrc()) {
      throw new ZipException(entry.getName() + " has changed since the JVM started");
    }
    return octets;
  }

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own == null ? super.getResource(name) : own;
  }

  /** Without a URL, which not every caller may make ({@link #mayMakeUrls}). */
  @Override
  public InputStream getResourceAsStream(String name) {
    try {
      byte[] octets = octets(pathOf(name));
      return octets == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(octets);
    } catch (IOException unreadable) {
      return null;
    }
  }

  /** If the agent has a service file of its own, ServiceLoader must find only that one. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> own = findResources(name);
    return own.hasMoreElements() ? own : super.getResources(name);
  }

  @Override
  protected Enumeration<URL> findResources(String name) {
    URL own = findResource(name);
    return own == null
        ? Collections.<URL>emptyEnumeration()
        : Collections.enumeration(Collections.singleton(own));
  }

  @Override
  protected URL findResource(String name) {
    if (!mayMakeUrls()) {
      return null;
    }
    try {
      byte[] octets = octets(pathOf(name));
      // a jar: URL would open and index the whole jar a second time
      return octets == null ? null : new URL(null, "dot-agent:" + name, new EntryHandler(octets));
    } catch (MalformedURLException neverWithAHandler) {
      throw new AssertionError(neverWithAHandler);
    } catch (IOException unreadable) {
      return null;
    }
  }

  private static String pathOf(String resource) {
    return resource.endsWith(".class")
        ? resource.substring(0, resource.length() - ".class".length()) + CLASS_SUFFIX
        : resource;
  }

  /**
   * Not if the program has set a SecurityManager since the start: then this class, which the system
   * loader has loaded, has no permission to name the handler of a URL. Only the search for the
   * provider's service file needs a URL, and it is over by then.
   */
  private static boolean mayMakeUrls() {
    return System.getSecurityManager() == null || IsolatedLoader.class.getClassLoader() == null;
  }

  /** Serves the octets of one entry. */
  private static final class EntryHandler extends URLStreamHandler {
    private final byte[] octets;

    EntryHandler(byte[] octets) {
      this.octets = octets;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {
          // nothing to connect to
        }

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(octets);
        }
      };
    }
  }
}
