import java.io.File;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks PDF files against PDF/UA-1; prints as JSON by file which rules failed, and an example. */
public class Check {
    public static void main(String[] files) throws Exception {
        // Libraries may print; the answer has the output to itself.
        PrintStream answer = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        Logger.getLogger("org.verapdf").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, List<String>> found = new LinkedHashMap<>();
        for (String file : files) {
            found.put(file, failed(new File(file)));
        }
        answer.println(new ObjectMapper().writeValueAsString(found));
    }

    private static List<String> failed(File file) throws Exception {
        PDFAFlavour flavour = PDFAFlavour.PDFUA_1;
        Map<String, Integer> counts = new TreeMap<>();
        Map<String, TestAssertion> examples = new TreeMap<>();
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, flavour);
             PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
            ValidationResult result = validator.validate(parser);
            for (TestAssertion one : result.getTestAssertions()) {
                if (one.getStatus() != TestAssertion.Status.PASSED) {
                    String rule = one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber();
                    counts.merge(rule, 1, Integer::sum);
                    examples.putIfAbsent(rule, one);
                }
            }
            if (!result.isCompliant() && counts.isEmpty()) {
                counts.put("?", 1);
            }
        }
        List<String> told = new ArrayList<>();
        for (Map.Entry<String, Integer> entry : counts.entrySet()) {
            TestAssertion example = examples.get(entry.getKey());
            String where = example == null ? "" : ": " + example.getMessage() + " " + example.getLocation().getContext();
            told.add(entry.getKey() + " x" + entry.getValue() + where);
        }
        return told;
    }
}
